"""Gold files: passages that careful readers marked in posts that stand elsewhere, by offset.

Comes in: JSON lines of ``source, start, end, label`` with optional ``also`` (a second accepted range), ``disputed``,
and for actions ``who``, ``when``, ``when_agreed`` and ``state``. Goes out: for each row
the name of the post's file and a `GoldSpan`. Refuses a file that cannot be read, and a row that is not such a row, naming the line.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pipeline.errors import SettingsError, SourceError, reason_th
from pipeline.labelled import GoldFields, GoldSpan
from pipeline.labels import label_ids
from pipeline.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LONGEST_SHOWN = 80  # signs of a wrong row


def read_gold(file: Path) -> Iterator[tuple[str, GoldSpan]]:
    """Yield the rows of a gold file.

    Raises:
        SettingsError: when the file cannot be read.
        SourceError: when a row is wrong.
    """
    try:
        lines = file.read_text(encoding="utf-8").split("\n")  # not splitlines: U+2028 may stand in a quote
    except (OSError, UnicodeDecodeError) as error:
        en, th = (error.strerror, reason_th(error)) if isinstance(error, OSError) else ("other signs", "รหัสอักขระแบบอื่น")
        raise SettingsError(
            en=f"{file}: a gold file must be readable UTF-8 text. Got {en}. Name another file with --gold.",
            th=f"{file}: ไฟล์เฉลยต้องเป็นข้อความ UTF-8 ที่เปิดอ่านได้ แต่พบว่า {th} ระบุไฟล์อื่นด้วย --gold",
        ) from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            also = Span(*row["also"]) if row.get("also") else None
            mark = GoldSpan(Span(row["start"], row["end"]), row["label"], also, bool(row.get("disputed")), _fields(row))
            source = str(row["source"])
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            rule = "a row must be an object with source, start, end and label"
            found = f"no {error}" if isinstance(error, KeyError) else line[:_LONGEST_SHOWN]
            raise _wrong(file, number, rule, "แต่ละบรรทัดต้องเป็นวัตถุ JSON ที่มี source start end และ label", found) from error
        if mark.label not in label_ids():
            raise _wrong(file, number, f"the label must be one of {', '.join(label_ids())}", "label ต้องเป็นป้ายที่โปรแกรมรู้จัก", mark.label)
        yield source, mark


def _fields(row: dict[str, Any]) -> GoldFields | None:
    if "state" not in row:
        return None
    texts = (tuple(map(str, row.get(name, ()))) for name in ("who", "when", "state"))
    owners, days, states = texts
    return GoldFields(owners, days, bool(row.get("when_agreed")), states)


def _wrong(file: Path, line: int, en: str, th: str, found: str) -> SourceError:
    return SourceError(
        en=f"{file}, line {line}: {en}. Got {found}. Correct the line.",
        th=f"{file} บรรทัด {line}: {th} แต่พบ {found} แก้บรรทัดนี้ก่อน",
        line=line,
    )
