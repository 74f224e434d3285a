"""The register as workbooks: one of everything, or, where that is too long to be opened with ease, one for each year.

Comes in: the entries of each label, and how many there are. Goes out: ``register.xlsx``, and of a large archive ``register-YEAR.xlsx`` for each year
before the last; what has no day stands in the first. Refuses an output folder that cannot be written. The book of an earlier year is written again
only where one of its entries is another: a night costs what is new.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from pipeline.jobs.files import remove_file, write_bytes, write_text
from pipeline.jobs.lines import beside, keeping_pieces
from pipeline.jobs.unchanged import program
from pipeline.records import short_hash
from pipeline.render import register_xlsx
from pipeline.render.register_xlsx import SHEETS
from pipeline.render.words import language, year

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from pipeline.render.register_xlsx import Entry

    Entries = Callable[[str], Iterable[Entry]]

REGISTER = "register.xlsx"
_OTHERS = "register-*.xlsx"
_KNOWN = ".books"  # of what each book is made, and how it stands
_BOOKS_AT_ONCE = 3  # of which the entries are held together: to go through the register takes as long as to write a book
_ONE_BOOK = 5_000  # rows of one book; a program for tables opens so many at once
_HELD = 50_000  # rows that are held while books are written; of a longer register those of the newest year alone


@dataclass(frozen=True, slots=True)
class Register:
    """What the register holds: how many entries, those of a label, and what is another where a row is; `names` are those that reviewers chose.

    `keeps` says that its rows may be kept beside it: of what leaves nothing is.
    """

    project: str
    last_post: date | None
    total: int
    entries: Entries
    key_of: Callable[[Entry], str]
    names: str
    keeps: bool = True


def books_before(out: Path) -> list[str]:
    """Return the names of the books of earlier years, the newest first."""
    return sorted((file.name for file in out.glob(_OTHERS)), reverse=True)


def write_books(register: Register, out: Path) -> None:
    """Write the register, and remove the books of years that are told elsewhere now."""
    project, shelf = register.project, _shelf(register) if register.total > _ONE_BOOK else _Shelf()
    newest = max(shelf.keys, default=0)
    earlier = {f"register-{year(one)}.xlsx": one for one in sorted(shelf.keys) if 0 < one < newest}
    made_of = {name: short_hash(program(), project, language(), register.names, shelf.keys[own]) for name, own in earlier.items()}
    known = _known(out)
    changed = [name for name in earlier if known.get(name) != [made_of[name], _hash(out / name)]]
    for start in range(0, len(changed), _BOOKS_AT_ONCE):
        some = {name: earlier[name] for name in changed[start : start + _BOOKS_AT_ONCE]}
        held = _of_years(shelf.every if shelf.holds_all else register.entries, some.values())
        for name, own in some.items():
            _write_book(register, out / name, date(own, 12, 31), held[own].__getitem__)
    now = {name: [made, _hash(out / name)] for name, made in made_of.items()}
    _write_book(register, out / REGISTER, register.last_post, shelf.newest if earlier else register.entries)
    for name in set(books_before(out)) - now.keys():
        for file in (out / name, _rows(out / name), beside(_rows(out / name))):
            remove_file(file)
    if now:
        write_text(out / _KNOWN, json.dumps(now, sort_keys=True) + "\n")
    else:
        remove_file(out / _KNOWN)


def _write_book(register: Register, book: Path, last_day: date | None, entries: Entries) -> None:
    """Write a book; a row that is as it was is not made again."""
    if not register.keeps:
        write_bytes(book, register_xlsx(register.project, last_day, entries))
        return
    basis = language(), register.names
    with keeping_pieces(_rows(book)) as keep:

        def kept(entry: Entry, make: Callable[[], bytes]) -> bytes:
            return keep(short_hash(*basis, register.key_of(entry), str(entry.has_page)), make)

        data = register_xlsx(register.project, last_day, entries, kept)
    write_bytes(book, data)


def _rows(book: Path) -> Path:
    """Return the file in which the rows of a book are kept."""
    return book.with_name(f".{book.name}.rows")


@dataclass(slots=True)
class _Shelf:
    """What stands in the register, by year, 0 for what has no day: a hash of what tells of its rows, one after the other.

    Of the newest year and of none, or of all, the entries themselves are held, by label.
    """

    holds_all: bool = False
    keys: dict[int, str] = field(default_factory=dict)
    held: dict[str, list[tuple[int, Entry]]] = field(default_factory=dict)

    def newest(self, label: str) -> Iterator[Entry]:
        """Yield the entries of the newest year, and those of none, in their order."""
        newest = max(self.keys, default=0)
        return (entry for own, entry in self.held.get(label, ()) if own in {newest, 0})

    def every(self, label: str) -> Iterator[Entry]:
        """Yield all entries that are held, in their order."""
        return (entry for _, entry in self.held.get(label, ()))


def _shelf(register: Register) -> _Shelf:
    """Go through the register once: a night writes the newest book anew, and of the others mostly needs nothing but the keys."""
    shelf, newest = _Shelf(register.total <= _HELD), 0
    for label in SHEETS:
        for entry in register.entries(label):
            own = _year(entry)
            shelf.keys[own] = short_hash(shelf.keys.get(own, ""), register.key_of(entry))
            if own > newest:
                newest = own
                if not shelf.holds_all:
                    shelf.held = {each: [one for one in held if one[0] == 0] for each, held in shelf.held.items()}
            if shelf.holds_all or own in {newest, 0}:
                shelf.held.setdefault(label, []).append((own, entry))
    return shelf


def _of_years(entries: Entries, years: Iterable[int]) -> dict[int, dict[str, list[Entry]]]:
    """Go through the register once for the entries of some years that are over, by label; without links, since pages come and go."""
    held: dict[int, dict[str, list[Entry]]] = {own: {label: [] for label in SHEETS} for own in years}
    for label in SHEETS:
        for entry in entries(label):
            if (own := _year(entry)) in held:
                held[own][label].append(replace(entry, has_page=False))
    return held


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
    if not file.is_file():
        return ""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
