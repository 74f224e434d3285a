"""What the machine has: Python and the packages, room, rights, fonts, clock, other programs, and who listens on our ports.

Comes in: the output folder, the project's time zone, our ports. Goes out: lines of the check-up. Refuses nothing; what a system does not tell counts
as optional. Nothing is left behind.
"""

from __future__ import annotations

import importlib.metadata
import locale
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pipeline.assets import asset
from pipeline.errors import reason_th
from pipeline.jobs.checkup.checks import Check, missing, ok, optional
from pipeline.jobs.status import LEAST_FREE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DISTRIBUTION = "thai-lessons"
OLDEST_PYTHON = (3, 11)
LEAST_MEMORY = 1_000_000_000  # bytes at hand: the reader takes some 400 MB, the rest is for the posts
_MEGA = 1_000_000
_FONTS = "pipeline/render/fonts"
_WORD_FONT = "TH Sarabun New"
_LISTENS = "0A"
_LOOPBACK = re.compile(r"[0-9A-F]{6}7F|0{24}01000000|0{16}FFFF0000[0-9A-F]{6}7F")  # as Linux writes 127.x.x.x, ::1 and ::ffff:127.x.x.x
_EXTRA = re.compile(r"extra\s*==")
_NAME = re.compile(r"[\w.-]+")


def machine_checks(out: Path, zone: str, ports: Sequence[int], *, server: bool) -> Iterator[Check]:
    """Yield a line for each thing that the machine must or may have; `server` says that the database is PostgreSQL."""
    yield _python()
    yield _packages()
    yield _memory()
    yield from _folder(out)
    yield _fonts()
    yield _word_font()
    yield _signs()
    yield _clock(zone)
    yield from _programs(server=server)
    yield _listening(ports)


def _python() -> Check:
    found = f"{platform.python_version()} {platform.system()} {platform.machine()}"
    if sys.version_info < OLDEST_PYTHON:
        return missing("python", found, found, "ติดตั้ง Python 3.11 ขึ้นไป", "Install Python 3.11 or newer.")
    return ok("python", found, found)


def _packages() -> Check:
    """Look whether every package that the distribution names is there; the installer looks at the versions."""
    try:
        needed = [line for line in importlib.metadata.requires(DISTRIBUTION) or [] if not _EXTRA.search(line)]
    except importlib.metadata.PackageNotFoundError:
        return missing("packages", "โปรแกรมยังไม่ได้ติดตั้ง", "the program is not installed", "สั่ง pip install .", "Give the command: pip install .")
    names = sorted({found.group() for line in needed if (found := _NAME.match(line))})
    gone = [name for name in names if not _is_installed(name)]
    if gone:
        return missing(
            "packages", f"ขาด {' '.join(gone)}", f"without {' '.join(gone)}", "ติดตั้งโปรแกรมใหม่ด้วย pip", "Install the program anew with pip."
        )
    version = importlib.metadata.version(DISTRIBUTION)
    return ok("packages", f"thai-lessons {version} พร้อมแพ็กเกจ {len(names)} รายการ", f"thai-lessons {version} with {len(names)} packages")


def _is_installed(name: str) -> bool:
    try:
        importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def _memory() -> Check:
    try:
        [kilobytes] = re.findall(r"^MemAvailable:\s+(\d+) kB", Path("/proc/meminfo").read_text(encoding="ascii"), re.MULTILINE)
    except (OSError, ValueError):
        return optional("memory", "ระบบไม่บอก", "the system does not tell", "ควรว่างอย่างน้อย 1 GB", "1 GB should be free.")
    free = int(kilobytes) * 1024
    told = f"{free // _MEGA:,} MB"
    if free < LEAST_MEMORY:
        return missing("memory", f"ว่าง {told}", f"{told} free", "ปิดโปรแกรมอื่นให้ว่างอย่างน้อย 1 GB", "Close other programs until 1 GB is free.")
    return ok("memory", f"ว่าง {told}", f"{told} free")


def _folder(out: Path) -> Iterator[Check]:
    """Yield whether the output folder, or where it will be, has room and can be written."""
    place = next(folder for folder in (out.absolute(), *out.absolute().parents) if folder.exists())
    try:
        with tempfile.NamedTemporaryFile(dir=place, prefix=".lessons-doctor-"):
            pass
    except OSError as failure:
        found = (f"{place}: {reason_th(failure)}", f"{place}: {failure.strerror}")
        yield missing("output", *found, "ขอสิทธิ์เขียน หรือระบุ --out อื่น", "Ask for the right to write, or name another --out.")
    else:
        yield ok("output", f"{place} เขียนได้", f"{place} can be written")
    free = shutil.disk_usage(place).free
    told = f"{free // _MEGA:,} MB"
    if free < LEAST_FREE:
        yield missing("disk", f"ว่าง {told}", f"{told} free", f"ทำให้ว่างอย่างน้อย {LEAST_FREE // _MEGA} MB", f"Free at least {LEAST_FREE // _MEGA} MB.")
    else:
        yield ok("disk", f"ว่าง {told}", f"{told} free")


def _fonts() -> Check:
    """Look for the font of the pages, which is part of the program."""
    found = [file for file in asset(_FONTS).glob("*.woff2") if file.stat().st_size]
    if len(found) < 4:  # noqa: PLR2004 - Thai and Latin signs, in two weights each
        return missing(
            "fonts", f"พบ {len(found)} จาก 4 ไฟล์", f"{len(found)} of 4 files", "ติดตั้งโปรแกรมใหม่ด้วย pip", "Install the program anew with pip."
        )
    return ok("fonts", "Sarabun ฝังในหน้าเว็บ", "Sarabun, embedded in the pages")


def _word_font() -> Check:
    """Look for the font of the Word report, which the machine that opens it must have."""
    listed = _said_by("fc-list", ":lang=th", "family")
    if listed is None:
        return optional("word-font", "ระบบไม่บอก", "the system does not tell", f"เครื่องที่เปิดแฟ้ม Word ควรมี {_WORD_FONT}", f"Word wants {_WORD_FONT}.")
    if _WORD_FONT in listed:
        return ok("word-font", _WORD_FONT, _WORD_FONT)
    found = ("มีฟอนต์ไทยอื่น", "other Thai fonts are there") if listed.strip() else ("ไม่มีฟอนต์ไทย", "there is no Thai font")
    return optional("word-font", *found, f"ติดตั้ง {_WORD_FONT} ในเครื่องที่เปิดแฟ้ม Word", f"Install {_WORD_FONT} where the Word report is opened.")


def _signs() -> Check:
    """Look whether Thai names of files and words in the terminal come through."""
    files, words = sys.getfilesystemencoding(), (sys.stdout.encoding or locale.getpreferredencoding(do_setlocale=False))
    found = f"{locale.setlocale(locale.LC_CTYPE)} · {words}"
    if {"utf-8"} == {encoding.lower().replace("utf8", "utf-8") for encoding in (files, words)}:
        return ok("locale", found, found)
    return missing("locale", found, found, "ตั้ง LANG=C.UTF-8 หรือ th_TH.UTF-8 (Windows: PYTHONUTF8=1)", "Set LANG=C.UTF-8 (Windows: PYTHONUTF8=1).")


def _clock(zone: str) -> Check:
    now = datetime.now(ZoneInfo(zone))
    here = datetime.now().astimezone()
    told = f"{zone} {now:%Y-%m-%d %H:%M}"
    if now.utcoffset() == here.utcoffset():
        return ok("timezone", told, told)
    return ok("timezone", f"{told} (เวลาของเครื่อง {here:%H:%M %Z} ไม่เป็นไร)", f"{told} (this machine's clock says {here:%H:%M %Z}, which does no harm)")


def _programs(*, server: bool) -> Iterator[Check]:
    """Yield the programs that some uses need."""
    for name, commands, th, en in (
        ("chromium", ("chromium", "chromium-browser", "google-chrome"), "ใช้ในชุดทดสอบเท่านั้น", "Only the tests use it."),
        ("libreoffice", ("soffice", "libreoffice"), "ใช้เปิดหรือพิมพ์แฟ้ม Word ในเครื่องนี้", "It opens and prints the Word report on this machine."),
    ):
        path = next((found for command in commands if (found := shutil.which(command))), None)
        yield ok(name, path, path) if path else optional(name, "ไม่มี", "not there", th, en)
    dump = shutil.which("pg_dump")
    if dump:
        yield ok("postgresql", dump, dump)
    elif server:
        yield missing("postgresql", "ไม่มี pg_dump", "no pg_dump", "ติดตั้ง postgresql-client", "Install postgresql-client: a backup needs it.")
    else:
        yield optional("postgresql", "ไม่มี", "not there", "จำเป็นเมื่อเก็บฐานข้อมูลใน PostgreSQL", "Only a database in PostgreSQL needs it.")


def _listening(ports: Sequence[int]) -> Check:
    """Look whether one of our ports can be reached from other machines: all that we serve belongs behind a proxy, or on this machine alone."""
    try:
        rows = [row for table in ("tcp", "tcp6") for row in _rows_of(table)]
    except OSError:
        return optional("ports", "ระบบไม่บอก", "the system does not tell", "", "")
    inside: set[int] = set()
    outside: set[int] = set()
    for address, port in rows:
        if port in ports:
            (inside if _LOOPBACK.fullmatch(address) else outside).add(port)
    if outside:
        told = " ".join(map(str, sorted(outside)))
        return missing(
            "ports",
            f"พอร์ต {told} เปิดให้เครื่องอื่นเข้าถึง",
            f"port {told} can be reached from other machines",
            "เปิดเฉพาะ 127.0.0.1 แล้วตั้ง TLS proxy ด้านหน้า ดู docs/review-server.md",
            "Listen on 127.0.0.1 alone, behind a TLS proxy: see docs/review-server.md.",
        )
    if not inside:
        return ok("ports", "ยังไม่มีโปรแกรมใดของเราเปิดอยู่", "none of ours is open")
    told = " ".join(map(str, sorted(inside)))
    return ok("ports", f"เปิดเฉพาะในเครื่อง: {told}", f"on this machine alone: {told}")


def _rows_of(table: str) -> Iterator[tuple[str, int]]:
    """Yield the addresses and ports on which somebody listens."""
    file = Path("/proc/net") / table
    lines = file.read_text(encoding="ascii").splitlines()[1:] if file.exists() or table == "tcp" else []
    for line in lines:
        _, local, _, state, *_ = line.split()
        if state == _LISTENS:
            address, _, port = local.partition(":")
            yield address, int(port, 16)


def _said_by(command: str, *arguments: str) -> str | None:
    path = shutil.which(command)
    if path is None:
        return None
    try:
        done = subprocess.run([path, *arguments], capture_output=True, encoding="utf-8", errors="replace", timeout=10, check=False)  # noqa: S603 - no shell
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout
