"""Values that several tables of ``lessons.toml`` hold, with their rules.

Comes in: what the TOML reader gives. Goes out: types that pydantic checks. Refuses, through pydantic: an empty text, what is no e-mail address,
unknown keys and wrong types.
"""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict

from pipeline.settings.refusals import must_be

LONGEST_EMAIL = 254
_EMAIL = re.compile(r"""[^@\s"'<>()\[\],;:\\]+@[^@\s"'<>()\[\],;:\\.]+(?:\.[^@\s"'<>()\[\],;:\\.]+)+""")


def _words(value: str) -> str:
    if not value.strip():
        raise must_be(("a text that is not empty", "ข้อความที่ไม่ว่าง"), value, ("Write something, or remove it.", "โปรดเติมข้อความ หรือลบออก"))
    return value


def is_email(value: str) -> bool:
    """Tell whether a text is one e-mail address."""
    return len(value) <= LONGEST_EMAIL and _EMAIL.fullmatch(value) is not None


def _email(value: str) -> str:
    if not is_email(value):
        raise must_be(("one e-mail address, such as name@example.org", "ที่อยู่อีเมลหนึ่งแห่ง เช่น name@example.org"), value)
    return value


Words = Annotated[str, AfterValidator(_words)]
Email = Annotated[str, AfterValidator(_email)]


class Table(BaseModel):
    """A table of the file: no unknown keys, no value turned silently into another type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
