"""How messages stand, in the terminal.

Comes in: messages, and addresses that get none. Goes out: text on standard output. Refuses nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from pipeline.outgoing import Posted, StopReason

_STATES = {
    "waiting": ("รอส่ง", "waiting"),
    "sending": ("ส่งออกไปแล้วแต่ไม่ทราบว่าถึงหรือไม่", "on its way, or of unknown fate"),
    "sent": ("ส่งแล้ว", "sent"),
    "filed": ("เขียนเป็นไฟล์แล้ว", "written as a file"),
    "aside": ("พักไว้ เซิร์ฟเวอร์ไม่รับ", "set aside: refused"),
    "dropped": ("ไม่ส่ง", "not sent"),
}
_REASONS = {"bounced": ("ส่งไม่ถึง", "bounced"), "unsubscribed": ("ขอเลิกรับ", "left the list")}
_ADVICE = (
    "ถามผู้รับว่าได้จดหมายหรือไม่ แล้วสั่ง lessons mail resolve หมายเลข --sent, --again หรือ --drop",
    "ask the reader, then give: lessons mail resolve NUMBER --sent, --again or --drop",
)


def tell_posted(found: Sequence[Posted], language: str, *, whole: bool) -> None:
    """Print a line for each message, the last words of the server below it, and what a person should do; `whole` says that none is left out."""
    console, english = Console(soft_wrap=True, highlight=False), language != "th"
    for one in found:
        tried = f" · {('ลองแล้ว', 'tried')[english]} {one.tries}" if one.tries else ""
        console.print(Text(f"{one.number} ", style="bold") + Text(f"{_STATES[one.state][english]}{tried} · {one.recipient} · {one.subject}"))
        if one.said:
            console.print(Text(f"  {_REASONS.get(one.said, (one.said, one.said))[english]}", style="dim"))
        if one.state == "sending":
            console.print(Text(f"  Message-ID {one.message_id} · {one.claimed_at:%Y-%m-%d %H:%M} UTC", style="dim"))
    if any(one.state in {"sending", "aside"} for one in found):
        console.print(Text(_ADVICE[english], style="yellow"))
    count = f"{len(found)} messages" if english else f"{len(found)} ฉบับ"
    rest = "" if whole else (" ที่ยังค้าง (ทั้งหมดดูด้วย --all)", " that are not over (--all lists every one)")[english]
    console.print(Text(count, style="bold") + Text(rest))


def tell_stopped(stopped: Mapping[str, tuple[StopReason, datetime]], language: str) -> None:
    """Print the addresses that get nothing."""
    console, english = Console(soft_wrap=True, highlight=False), language != "th"
    for address, (reason, since) in stopped.items():
        console.print(Text(f"{('หยุดส่ง', 'stopped')[english]}: {address} · {_REASONS[reason][english]} · {since:%Y-%m-%d}"))
