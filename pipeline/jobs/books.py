"""The register as workbooks: one of everything, or, where that is too long to be opened with ease, one for each year.

Comes in: the entries of each label, and how many there are. Goes out: ``register.xlsx``, and of a large archive ``register-YEAR.xlsx`` for each year
before the last; what has no day stands in the first. Refuses an output folder that cannot be written. The book of an earlier year is written again
only where one of its entries is another: a night costs what is new.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from pipeline.jobs.files import remove_file, write_bytes, write_text
from pipeline.jobs.unchanged import program
from pipeline.records import short_hash
from pipeline.render import register_xlsx
from pipeline.render.register_xlsx import SHEETS
from pipeline.render.words import language, year

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator
    from pathlib import Path

    from pipeline.render.register_xlsx import Entry

    Entries = Callable[[str], Iterable[Entry]]

REGISTER = "register.xlsx"
_OTHERS = "register-*.xlsx"
_KNOWN = ".books"  # of what each book is made, and how it stands
_ONE_BOOK = 5_000  # rows of one book; a program for tables opens so many at once


@dataclass(frozen=True, slots=True)
class Register:
    """What the register holds: how many entries, those of a label, and what is another where a row is; `names` are those that reviewers chose."""

    project: str
    last_post: date | None
    total: int
    entries: Entries
    key_of: Callable[[Entry], str]
    names: str


def books_before(out: Path) -> list[str]:
    """Return the names of the books of earlier years, the newest first."""
    return sorted((file.name for file in out.glob(_OTHERS)), reverse=True)


def write_books(register: Register, out: Path) -> None:
    """Write the register, and remove the books of years that are told elsewhere now."""
    project, entries = register.project, register.entries
    keys = _keys_by_year(register) if register.total > _ONE_BOOK else {}
    newest = max(keys, default=0)
    earlier = {f"register-{year(one)}.xlsx": one for one in sorted(keys) if 0 < one < newest}
    known, now = _known(out), dict[str, list[str]]()
    for name, own in earlier.items():
        made_of = short_hash(program(), project, language(), register.names, keys[own])
        if known.get(name) != [made_of, _hash(out / name)]:
            write_bytes(out / name, register_xlsx(project, date(own, 12, 31), _of_years(entries, {own}, linked=False)))
        now[name] = [made_of, _hash(out / name)]
    write_bytes(out / REGISTER, register_xlsx(project, register.last_post, _of_years(entries, {newest, 0}) if earlier else entries))
    for name in set(books_before(out)) - now.keys():
        remove_file(out / name)
    if now:
        write_text(out / _KNOWN, json.dumps(now, sort_keys=True) + "\n")
    else:
        remove_file(out / _KNOWN)


def _keys_by_year(register: Register) -> dict[int, str]:
    """Return for each year, 0 for what has no day, a hash of all that its rows tell."""
    keys: dict[int, list[str]] = {}
    for label in SHEETS:
        for entry in register.entries(label):
            keys.setdefault(_year(entry), []).append(register.key_of(entry))
    return {own: short_hash(*told) for own, told in keys.items()}


def _of_years(entries: Entries, years: Container[int], *, linked: bool = True) -> Entries:
    """Return the entries of some years; without links where pages come and go."""

    def some(label: str) -> Iterator[Entry]:
        return (replace(entry, has_page=entry.has_page and linked) for entry in entries(label) if _year(entry) in years)

    return some


def _year(entry: Entry) -> int:
    """Return the year in which a matter was told last."""
    return max((mention.posted_at.year for mention in entry.item.evidence if mention.posted_at), default=0)


def _known(out: Path) -> dict[str, list[str]]:
    try:
        known = json.loads((out / _KNOWN).read_text(encoding="utf-8"))
    except (OSError, ValueError):  # books of which nothing is known are written again
        return {}
    return known if isinstance(known, dict) else {}


def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""
