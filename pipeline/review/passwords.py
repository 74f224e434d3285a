"""Passwords as argon2 hashes.

Comes in: a password, and the hash that is kept. Goes out: a hash, or whether they belong together. Refuses a password that is too short or too
long. Where nobody of that name is, as much time is spent as for a wrong password, so that nobody learns who may review.
"""

from __future__ import annotations

from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from pipeline.errors import SettingsError

SHORTEST, LONGEST = 10, 200


def hashed(password: str) -> str:
    """Return the hash to keep."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise SettingsError(
            f"The password must have {SHORTEST} to {LONGEST} signs. Got {len(password)} instead. Choose a longer one, such as four words.",
            f"รหัสผ่านต้องยาว {SHORTEST} ถึง {LONGEST} ตัวอักษร แต่ได้รับ {len(password)} ตัว โปรดตั้งให้ยาวขึ้น เช่น คำสี่คำต่อกัน",
        )
    return _hasher().hash(password)


def is_right(password: str, kept: str | None) -> bool:
    """Tell whether a password belongs to the hash that is kept."""
    try:
        return _hasher().verify(kept or _nobodys(), password[:LONGEST]) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@lru_cache(maxsize=1)
def _nobodys() -> str:
    return _hasher().hash("nobody has this password")
