"""The private persons of a digest: whom its posts name, and where a text names one of them again.

Comes in: texts, and the fields that hold the name of a person. Goes out: where a text, or a field, holds the name of a private person. Refuses the
names of officials in office, of agencies, groups and roles. Who is known by a title in one place (ป้าแจ่ม) is known by it in all.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.languages.th.names import find_names, first_names
from pipeline.languages.th.persons import is_official, private_names, reads_as_own_name
from pipeline.languages.th.privacy import people
from pipeline.languages.th.tokens import known_words, words_of
from pipeline.masks import Private

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NAME = "name"
_NAMED_BEHIND = frozenset({"title", "pronoun", "office"})  # ครูแดง, หนูแดง, พยาบาลสมศรี
_SHORTEST = 4  # signs of a first name that is looked for without a title
_GOES_ON = "[ะัาำิีึืฺุู็่้๊๋์ํๅ]"
_THAI_OR_LATIN = re.compile(r"[ก-๙A-Za-z]")


class People:
    """The private persons that are known from some texts and fields."""

    def __init__(self, texts: Iterable[str], fields: Iterable[str], told: Iterable[str] = ()) -> None:
        """Learn them: with their titles from the texts, and as they are written from the fields; who is `told` of there may be no person."""
        self._titled: set[str] = set()
        self._bare: set[str] = set()
        for text in texts:
            self._learn_titled(text)
        for field in fields:
            self._learn(field, surely=True)
        for one in told:
            self._learn(one, surely=False)
        self._patterns = self._looked_for()  # what is looked for is whole before anything is looked for

    def in_text(self, text: str) -> Iterator[Private]:
        """Yield where a text names a private person."""
        yield from _named_in(text)
        for pattern in self._patterns:
            yield from (Private(NAME, *found.span("name")) for found in pattern.finditer(text))

    def in_field(self, written: str, *, surely: bool) -> Iterator[Private]:
        """Yield what of a field names a private person; `surely` says that the field holds somebody's name, whatever it reads."""
        found = _whole_name(written, surely=surely)
        yield from self.in_text(written) if found is None else found

    def _learn_titled(self, text: str) -> None:
        self._titled |= {text[one.titled : one.end] for one in private_names(text) if one.titled < one.start}

    def _learn(self, field: str, *, surely: bool) -> None:
        """Learn whom a field names."""
        whole = _whole_name(field, surely=surely)
        if whole is None:
            self._learn_titled(field)  # หลานของป้าแจ่ม tells of ป้าแจ่ม
        for found in _named_in(field) if whole is None else whole:
            own = field[found.start : found.end].strip()
            if found.start and whole is not None:
                self._titled.add(field[: found.end].strip())
            first = own.split(maxsplit=1)[0] if own else ""
            if " " in own:
                self._bare.add(own)
            if len(first) >= _SHORTEST and first in first_names() and not (first in known_words() or first in people("common")):
                self._bare.add(first)

    def _looked_for(self) -> tuple[re.Pattern[str], ...]:
        """Return what finds those who are known: the name behind its title, and full or rare names alone."""
        split = sorted((written, len(written) - _title_length(written)) for written in self._titled)
        titled = [f"{re.escape(written[: len(written) - own])}(?={re.escape(written[len(written) - own :])})" for written, own in split if own]
        names = sorted({written[len(written) - own :] for written, own in split if own}, key=lambda name: (-len(name), name))
        both = []
        if titled:
            both.append(rf"(?:{'|'.join(sorted(titled, key=lambda one: (-len(one), one)))})(?P<name>{'|'.join(map(re.escape, names))})(?!{_GOES_ON})")
        if self._bare:
            both.append(rf"(?P<name>{'|'.join(map(re.escape, sorted(self._bare, key=lambda name: (-len(name), name))))})(?!{_GOES_ON})")
        return tuple(map(re.compile, both))


def _named_in(text: str) -> Iterator[Private]:
    return (Private(NAME, one.start, one.end) for one in private_names(text))


def _whole_name(written: str, *, surely: bool) -> list[Private] | None:
    """Return what of a field is the name that it holds, nothing where it holds an office; None where it is to be read like a text."""
    name = next(find_names(written, [0]), None)
    if name is None:
        is_name = _THAI_OR_LATIN.search(written) and (surely or _reads_as_name(written))
        return [Private(NAME, 0, len(written))] if is_name else None
    if is_official(written, name):
        return []
    if name.full in people("open") and not surely and len(words_of(written)[0]) > name.end:
        return None  # ตาลเดี่ยว is no ตา
    own = written[name.end :].strip()
    if own and ((surely and name.kind == "title") or (name.kind in _NAMED_BEHIND and reads_as_own_name(own, name))):
        found = list(private_names(written))
        start = found[0].start if found else written.index(own, name.end)
        return [Private(NAME, start, len(written))] if found or not _names_office(written) else None
    return None


def _title_length(written: str) -> int:
    """Return how long the title is that a name begins with."""
    name = next(find_names(written, [0]), None)
    return len(written) - len(written[name.end :].lstrip()) if name else 0


def _names_office(written: str) -> bool:
    """Say whether a field tells an office that is held: คุณสมศรี (ปลัด อบต.)."""
    places, place = [], 0
    for word in words_of(written):
        places.append(place)
        place += len(word)
    return any(is_official(written, name) for name in find_names(written, places))


def _reads_as_name(written: str) -> bool:
    """Say whether words that no list knows are a name: a first name, or one word that no dictionary has."""
    words = words_of(written.strip())
    first = written.split(maxsplit=1)[0]
    if first in first_names() or first in people("nicknames"):
        return True
    return len(words) <= 2 and any(word not in known_words() and len(word) > 1 for word in words)  # noqa: PLR2004
