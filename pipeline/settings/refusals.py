"""The sentences of a wrong configuration: place, rule, what was found and what to do, in English and in Thai.

Comes in: the name of the file, the place in it and what pydantic or a rule of the tables says. Goes out: `SettingsError`, not raised.
Refuses nothing.
"""

from __future__ import annotations

import json
from difflib import get_close_matches
from typing import TYPE_CHECKING

from pipeline.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pydantic_core import ErrorDetails

LONGEST_QUOTE = 40
BLOCKS = ("phase", "reader", "feed")
TABLES = ("project", "privacy", "documents", "mail", "schedule", "review")

# What pydantic calls a wrong type; each rule goes on after "must be".
_RULES = {
    "string_type": ('text in quotes, such as "เมืองนคร"', 'ข้อความในเครื่องหมายคำพูด เช่น "เมืองนคร"'),
    "bool_type": ("true or false, without quotes", "true หรือ false โดยไม่มีเครื่องหมายคำพูด"),
    "int_type": ("a whole number, such as 587, without quotes", "จำนวนเต็ม เช่น 587 โดยไม่มีเครื่องหมายคำพูด"),
    "list_type": ('a list, such as ["โครงการ 1", "นำร่อง"]', 'รายการในวงเล็บเหลี่ยม เช่น ["โครงการ 1", "นำร่อง"]'),
    "model_type": ("a table with keys of its own", "ตารางที่มีหัวข้อของตัวเอง"),
}


class Wrong(ValueError):
    """A value that breaks a rule; `inside` leads on from the place where the rule stands to the value."""

    def __init__(self, en: str, th: str, *inside: str | int) -> None:
        """Keep the sentence in both languages: it goes on after the place."""
        super().__init__(en)
        self.en = en
        self.th = th
        self.inside = inside


def must_be(rule: tuple[str, str], found: object, remedy: tuple[str, str] = ("Correct it.", "โปรดแก้ไข"), *inside: str | int) -> Wrong:
    """Return the usual sentence: what it must be, what was found, what to do.

    >>> must_be(("true or false", "true หรือ false"), "yes").en
    'must be true or false. Got "yes" instead. Correct it.'
    """
    en, th = shown(found)
    return Wrong(f"must be {rule[0]}. Got {en} instead. {remedy[0]}", f"ต้องเป็น{_apart(rule[1])} แต่พบ{_apart(th)} {remedy[1]}", *inside)


def shown(found: object) -> tuple[str, str]:
    """Return what was found, for people, in English and in Thai.

    >>> shown(" ")[0], shown([1])[0], shown({})[0], shown(7)[0]
    ('an empty text', 'a list', 'a table', '7')
    """
    if isinstance(found, list | dict):
        return ("a list", "รายการ") if isinstance(found, list) else ("a table", "ตาราง")
    if isinstance(found, bool):
        return (str(found).lower(),) * 2
    if isinstance(found, int) and found.bit_length() > LONGEST_QUOTE:
        return "a very large number", "ตัวเลขที่ใหญ่มาก"
    if not isinstance(found, str):
        return (str(found),) * 2
    if not found.strip():
        return "an empty text", "ข้อความว่าง"
    return (json.dumps(found if len(found) <= LONGEST_QUOTE else f"{found[:LONGEST_QUOTE]}…", ensure_ascii=False),) * 2


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that was most likely meant.

    >>> nearest("fist_day", ["id", "first_day", "last_day"])
    'first_day'
    """
    by_folded = {candidate.casefold(): candidate for candidate in known}
    close = get_close_matches(name.casefold()[:LONGEST_QUOTE], by_folded, n=1)
    return by_folded[close[0]] if close else None


def of_validation(file: str | None, errors: Sequence[ErrorDetails], keys: dict[str, tuple[str, ...]]) -> SettingsError:
    """Return the error of the first complaint; an unknown key goes before the key that is missing for it.

    `keys` names the known keys of each table, and under "" those of the file. Without a file the sentence stands alone: it answers a person.
    """
    first = min(errors, key=lambda error: error["type"] != "extra_forbidden")
    loc = first["loc"]
    if file is None:
        wrong = _wrong_of(first)
        return SettingsError(wrong.en[:1].upper() + wrong.en[1:], wrong.th)
    if first["type"] == "extra_forbidden":
        return _unknown_key(file, loc, keys[str(loc[0]) if len(loc) > 1 else ""])
    wrong = _wrong_of(first)
    en, th = _place((*loc, *wrong.inside))
    return SettingsError(f"{file}, {en}: {wrong.en}", f"{file} {th}: {wrong.th}")


def _wrong_of(error: ErrorDetails) -> Wrong:
    """Return our own sentence for a complaint of pydantic."""
    own = error.get("ctx", {}).get("error")
    if isinstance(own, Wrong):
        return own
    kind = error["type"]
    if kind == "missing":
        return Wrong("must be there. Got nothing instead. Add it.", "ต้องมี แต่ไม่พบ โปรดเพิ่ม")
    if kind == "literal_error":
        expected = error["ctx"]["expected"].replace("'", '"')
        return must_be((expected, expected.replace(" or ", " หรือ ")), error["input"])
    return must_be(_RULES[kind], error["input"])


def _unknown_key(file: str, loc: tuple[str | int, ...], known: tuple[str, ...]) -> SettingsError:
    """Return the error of a key that no table has, with the key that was most likely meant."""
    key, _ = shown(str(loc[-1]))
    en, th = _place(loc[:-1]) if len(loc) > 1 else ("the file", "ไฟล์นี้")
    meant = nearest(str(loc[-1]), known)
    if meant:
        return SettingsError(
            f'{file}: unknown key {key} in {en}. Did you mean "{meant}"?',
            f'{file}: ไม่รู้จักหัวข้อ {key} ใน{_apart(th)} หมายถึง "{meant}" ใช่หรือไม่ โปรดแก้หรือลบออก',
        )
    names = ", ".join(known)
    return SettingsError(
        f"{file}: unknown key {key} in {en}. The keys there are: {names}. Correct it, or remove it.",
        f"{file}: ไม่รู้จักหัวข้อ {key} ใน{_apart(th)} หัวข้อที่ใช้ได้คือ {names} โปรดแก้หรือลบออก",
    )


def _place(loc: tuple[str | int, ...]) -> tuple[str, str]:
    """Return a place as people find it in the file.

    >>> _place(("phase", 1, "last_day"))[0], _place(("project", "id"))[0], _place(("phase", 0, "cues", 2))[0]
    ('[[phase]] 2, "last_day"', '[project], "id"', '[[phase]] 1, "cues", item 3')
    """
    head, *rest = loc
    en = th = f"[[{head}]]" if rest and head in BLOCKS else f"[{head}]" if head in TABLES else f'"{head}"'
    for number, part in enumerate(rest):
        if isinstance(part, str):
            en, th = f'{en}, "{part}"', f'{th} หัวข้อ "{part}"'
        elif number == 0:
            en, th = f"{en} {part + 1}", f"{th} ลำดับที่ {part + 1}"
        else:
            en, th = f"{en}, item {part + 1}", f"{th} รายการที่ {part + 1}"
    return en, th


def _apart(th: str) -> str:
    """Return Thai words that follow Thai words, with a space before what is not Thai."""
    return th if "\u0e00" <= th[:1] <= "\u0e7f" else f" {th}"
