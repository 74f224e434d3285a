"""The words of the forms that are no quotations, and dates as the reader writes them: Thai, or English while it is asked for.

Comes in: a key of ``words.toml`` and the values in it, or a date. Goes out: text in the language that is spoken. Refuses: a key that the file does
not have. ``words.en.toml`` has the same keys; a quotation, a name and a title are never translated.
"""

from __future__ import annotations

import tomllib
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.labels import label_set

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from pipeline.settings import Language


BUDDHIST_ERA = 543
UNDATED = date(2000, 1, 1)  # when a file made of posts without dates says that it was made
_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


_ONE_OR_MANY = " || "
_SPOKEN: ContextVar[Language] = ContextVar("spoken", default="th")


@contextmanager
def speaking(tongue: Language) -> Iterator[None]:
    """Write every form in this language as long as it lasts.

    >>> with speaking("en"):
    ...     word("posts_count", n=1)
    '1 post'
    """
    token = _SPOKEN.set(tongue)
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def language() -> Language:
    """Return the language that is spoken."""
    return _SPOKEN.get()


@lru_cache(maxsize=2)
def words_in(tongue: Language) -> dict[str, str]:
    """Read the words of a language."""
    file = "words.toml" if tongue == "th" else f"words.{tongue}.toml"
    table: dict[str, str] = tomllib.loads(Path(__file__).with_name(file).read_text(encoding="utf-8"))[tongue]
    return table


def has_word(key: str) -> bool:
    """Tell whether the file has words for a key."""
    return key in words_in(language())


def word(key: str, **values: object) -> str:
    """Return the words of a key, with the values set in.

    >>> word("posts_count", n=1234)
    '1,234 บันทึก'
    """
    one, _, many = words_in(language())[key].partition(_ONE_OR_MANY)
    return (many if many and values.get("n") != 1 else one).format(**values)


def label_name(label: str) -> str:
    """Return the name of a label.

    >>> label_name("lesson")
    'บทเรียน'
    """
    found = next(one for one in label_set() if one.id == label)
    return found.thai if language() == "th" else found.english


def label_names(label: str, n: int | None = None) -> str:
    """Return the name of what is labelled so, as a heading has it; `n` is how many they are.

    >>> with speaking("en"):
    ...     label_names("lesson"), label_names("lesson", 1)
    ('Lessons', 'Lesson')
    """
    return word("label_names", label=label_name(label), n=n)


def label_question(label: str) -> str:
    """Return the question that the passages of a label answer."""
    found = next(one for one in label_set() if one.id == label)
    return found.question if language() == "th" else found.question_english


def year(when: int) -> int:
    """Return a year as the reader counts it: of the Buddhist era in Thai."""
    return when + BUDDHIST_ERA if language() == "th" else when


def authors(known: int) -> str:
    """Return how many authors are known by name.

    >>> authors(2), authors(0)
    ('2 คน', 'ไม่ระบุชื่อ')
    """
    return word("authors_count", n=known) if known else word("authors_none")


def day(when: date | None) -> str:
    """Return a day with the full month, in Thai with the year of the Buddhist era.

    >>> from datetime import date
    >>> day(date(2007, 2, 26))
    '26 กุมภาพันธ์ 2550'
    >>> day(None)
    'ไม่ทราบวันที่'
    """
    if when is None:
        return word("no_day")
    return word("day", day=when.day, month=word("months").split()[when.month - 1], year=year(when.year))


def short_day(when: date) -> str:
    """Return a day with the short month, for a line that must be short.

    >>> from datetime import date
    >>> short_day(date(2006, 1, 18))
    '18 ม.ค. 2549'
    """
    return word("day", day=when.day, month=word("months_short").split()[when.month - 1], year=year(when.year))


def thai_digits(text: str) -> str:
    """Return our own words with Thai digits; a quotation keeps its digits as they are.

    >>> thai_digits("18 มกราคม 2549")
    '๑๘ มกราคม ๒๕๔๙'
    """
    return text.translate(_THAI_DIGITS)


def moment(when: datetime | None) -> str:
    """Return a day and the time of day; a moment at midnight is a day whose time the page does not give.

    >>> from datetime import datetime
    >>> moment(datetime(2007, 2, 26, 14, 8))
    '26 กุมภาพันธ์ 2550 เวลา 14.08 น.'
    >>> moment(datetime(2007, 2, 26))
    '26 กุมภาพันธ์ 2550'
    """
    if when is None or not (when.hour or when.minute):
        return day(when)
    return word("moment", day=day(when), hour=when.hour, minute=when.minute)


def period(first: date | None, last: date | None) -> str:
    """Return the stretch between two days, either of which may be open.

    >>> from datetime import date
    >>> period(date(2006, 1, 5), None)
    'ตั้งแต่ 5 มกราคม 2549'
    """
    if first is None and last is None:
        return word("no_day")
    if first is None:
        return word("period_until", last=day(last))
    if last is None:
        return word("period_from", first=day(first))
    return day(first) if first == last else word("period", first=day(first), last=day(last))
