"""The secret that signs links and ties forms to sessions; there is no default.

Comes in: the environment and the folder beside the database. Goes out: keys, the newest first: the first signs, all of them are believed, so that
a new line on top turns the secret over without ending what was signed. Refuses, as `SettingsError`: a secret that is short or that others may read.
"""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from pipeline.errors import SettingsError, reason_th

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILE = "review.secret"
VARIABLE = "LESSONS_REVIEW_SECRET"
SHORTEST = 32


def review_keys(environment: Mapping[str, str], folder: Path | None) -> tuple[str, ...]:
    """Return the keys: those of the environment, else those of the file in `folder`, which is made with 0600 where there is none."""
    written = environment.get(VARIABLE)
    if written is not None:
        return _checked(written, VARIABLE)
    if folder is None:
        raise SettingsError(
            f"{VARIABLE}: must be set where the database is not a file: there is no default secret. Set it to {SHORTEST} random signs or more.",
            f"{VARIABLE}: ต้องตั้งค่าไว้เมื่อฐานข้อมูลไม่ใช่ไฟล์ เพราะไม่มีรหัสลับตั้งต้น โปรดตั้งเป็นอักขระสุ่ม {SHORTEST} ตัวขึ้นไป",
        )
    file = folder / FILE
    try:
        with suppress(FileExistsError):
            _make(file)
        mode = stat.S_IMODE(file.stat().st_mode)
        text = file.read_text(encoding="ascii", errors="replace")
    except OSError as error:
        raise SettingsError(
            f"{file}: the secret of the review app must be readable and the folder writable. Got {error.strerror or error}. Check the rights.",
            f"{file}: ไฟล์รหัสลับของหน้าตรวจทานต้องอ่านได้และโฟลเดอร์ต้องเขียนได้ แต่{reason_th(error)} โปรดตรวจสอบสิทธิ์",
        ) from error
    if os.name == "posix" and mode & 0o077:
        raise SettingsError(
            f"{file}: the secret must be readable by its owner alone (mode 600). Got mode {mode:o}. Run: chmod 600 {file}",
            f"{file}: ไฟล์รหัสลับต้องให้เจ้าของอ่านได้คนเดียว (600) แต่พบ {mode:o} โปรดสั่ง chmod 600 {file}",
        )
    return _checked(text, str(file))


def _make(file: Path) -> None:
    """Write a new secret; two processes that do so at once keep the first."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as opened:
        opened.write(secrets.token_urlsafe(48) + "\n")


def _checked(written: str, place: str) -> tuple[str, ...]:
    keys = tuple(line.strip() for line in written.splitlines() if line.strip())
    if not keys or any(len(key) < SHORTEST for key in keys):
        raise SettingsError(
            f"{place}: each secret must have {SHORTEST} signs or more, one a line. Got fewer. Write a longer random one.",
            f"{place}: รหัสลับแต่ละบรรทัดต้องยาว {SHORTEST} ตัวขึ้นไป แต่สั้นกว่านั้น โปรดตั้งรหัสสุ่มที่ยาวขึ้น",
        )
    return keys
