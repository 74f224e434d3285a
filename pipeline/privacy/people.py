"""The private persons of a digest: whom its posts name, and where a text names one of them again.

Comes in: texts, and the fields that hold the name of a person. Goes out: where a text, or a field, holds the name of a private person. Refuses the
names of officials in office, of agencies, groups and roles. Who is known by a title in one place (ป้าแจ่ม) is known by it in all.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.languages.th.names import find_names, first_names
from pipeline.languages.th.persons import is_official, private_names
from pipeline.languages.th.tokens import known_words, words_of
from pipeline.masks import Private

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NAME = "name"
_NO_PERSON = frozenset({"agency", "group", "role", "level", "place", "pronoun", "venue", "reporting"})
_SHORTEST = 4  # signs of a first name that is looked for without a title
_GOES_ON = "[ะัาำิีึืฺุู็่้๊๋์ํๅ]"
_THAI_OR_LATIN = re.compile(r"[ก-๙A-Za-z]")


class People:
    """The private persons that are known from some texts and fields."""

    def __init__(self, texts: Iterable[str], fields: Iterable[str]) -> None:
        """Learn them: with their titles from the texts, and as they are written from the fields."""
        self._titled: set[str] = set()
        self._bare: set[str] = set()
        for text in texts:
            self._titled |= {text[one.titled : one.end] for one in private_names(text) if one.titled < one.start}
        for field in set(fields):
            self._learn(field)

    def in_text(self, text: str) -> Iterator[Private]:
        """Yield where a text names a private person."""
        yield from (Private(NAME, one.start, one.end) for one in private_names(text))
        for pattern in self._patterns:
            yield from (Private(NAME, *found.span("name")) for found in pattern.finditer(text))

    def in_field(self, written: str, *, surely: bool) -> Iterator[Private]:
        """Yield what of a field names a private person; `surely` says that the field holds somebody's name, whatever it reads."""
        name = next(find_names(written, [0]), None)
        if name and (name.kind in _NO_PERSON or is_official(written, name)):
            yield from self.in_text(written) if name.kind in _NO_PERSON else ()
        elif name and name.kind == "title" and written[name.end :].strip():
            found = list(private_names(written))
            if found or not _names_office(written):
                start = found[0].start if found else name.end + len(written[name.end :]) - len(written[name.end :].lstrip())
                yield Private(NAME, start, len(written))
        elif name is None and _THAI_OR_LATIN.search(written) and (surely or _reads_as_name(written)):
            yield Private(NAME, 0, len(written))
        else:
            yield from self.in_text(written)

    def _learn(self, field: str) -> None:
        for found in self.in_field(field, surely=True):
            own = field[found.start : found.end].strip()
            if found.start:
                self._titled.add(field[: found.end].strip())
            first = own.split(maxsplit=1)[0] if own else ""
            if " " in own:
                self._bare.add(own)
            if len(first) >= _SHORTEST and first in first_names() and first not in known_words():
                self._bare.add(first)

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], ...]:
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
    return first in first_names() or (len(words) <= 2 and any(word not in known_words() and len(word) > 1 for word in words))  # noqa: PLR2004
