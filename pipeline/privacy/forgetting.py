"""Names that shall not be kept any more, found again in texts by their hashes.

Comes in: what was forgotten, and texts. Goes out: the same texts, sign for sign, with ▮ for each forgotten name, or where they stand. Refuses, as
`SettingsError`, words too short to be told from other words. Blanks, invisible signs, capital letters and the spellings of sara am make no
difference; a name is not found where it is only the beginning of a longer syllable.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pipeline.errors import SettingsError
from pipeline.folding import Folded, fold
from pipeline.forgotten import Forgotten, digest_of, quick_of
from pipeline.masks import Private, covered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.records import Post

NAME = "name"
_SIGNS, _WIDE = ("utf-32-le", "surrogatepass"), 4
_PARAGRAPH = re.compile(r"\n\s*\n")
SHORTEST = 3  # signs, blanks not counted
_MARKS = frozenset({"Mn", "Mc", "Me"})
_GOES_ON = frozenset("ะาำๅ")  # vowels written behind their consonant, which belong to the syllable before


def compared(words: str) -> str:
    """Return what is compared of a name.

    >>> compared(" Somsri  ใจดี") == compared("somsriใจดี")
    True
    """
    return "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in fold(words).text)


def forget_name(words: str, salt: str) -> Forgotten:
    """Return what remains of a name.

    Raises:
        SettingsError: when it is so short that it would be found in other words everywhere.
    """
    plain = compared(words)
    if len(plain) < SHORTEST:
        raise SettingsError(
            en=f"--person: must have {SHORTEST} signs or more, or it would be found in other words. Got {len(plain)}. Write the whole name.",
            th=f"--person: ชื่อต้องยาวอย่างน้อย {SHORTEST} ตัวอักษร มิฉะนั้นจะไปตรงกับคำอื่น แต่พบ {len(plain)} ตัว โปรดเขียนชื่อเต็ม",
        )
    return Forgotten("person", salt, len(plain), digest_of(salt, plain), quick_of(plain.encode(*_SIGNS)))


class ForgottenNames:
    """Finds forgotten names in texts."""

    def __init__(self, rows: Iterable[Forgotten]) -> None:
        """Take the names among what was forgotten."""
        self._digests: dict[tuple[str, int], set[str]] = {}
        self._quick: dict[int, set[int]] = {}  # by length
        for row in rows:
            if row.kind == "person":
                self._digests.setdefault((row.salt, row.length), set()).add(row.digest)
                self._quick.setdefault(row.length, set()).add(row.quick)

    def __bool__(self) -> bool:
        """Tell whether there is any name to look for."""
        return bool(self._digests)

    def found_in(self, text: str) -> list[Private]:
        """Return where a text has one of the names; what overlaps is one, and none goes over the end of a paragraph."""
        if not self._digests or not text:
            return []
        folded = fold(text)
        plain = compared(text)
        likely = {length: _likely(plain, length, quick) for length, quick in self._quick.items()}
        places = [
            (start, start + length)
            for (salt, length), known in self._digests.items()
            for start in likely[length]
            if digest_of(salt, plain[start : start + length]) in known
        ]
        signs: set[int] = set()
        for start, end in places:
            raw = folded.raw(start, end)
            if _stands_alone(folded, plain, start, end) and not _PARAGRAPH.search(raw.of(text)):
                signs.update(place for place in range(raw.start, raw.end) if text[place] != "\n")  # lines stay lines
        return [Private(NAME, start, end) for start, end in _stretches(sorted(signs))]

    def cover(self, text: str) -> str:
        """Return the text with ▮ for every sign of a forgotten name."""
        found = self.found_in(text)
        return covered(text, found) if found else text

    def cover_in(self, value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
        """Return a value of JSON with the same in every text of it."""
        if isinstance(value, str):
            return self.cover(value)
        if isinstance(value, list):
            return [self.cover_in(one) for one in value]
        return {key: self.cover_in(one) for key, one in value.items()} if isinstance(value, dict) else value

    def without(self, post: Post) -> Post:
        """Return a post in which no forgotten name stands; every offset stays. The ids of the post and of its file stay, too."""
        if not self._digests:
            return post
        fields = {name: self.cover_in(getattr(post, name)) for name in ("text", "title", "author", "url", "blog", "licence")}
        comments = tuple(replace(one, author=self.cover_in(one.author)) for one in post.comments)
        notes = tuple(replace(note, en=self.cover(note.en), th=self.cover(note.th)) for note in post.notes)
        return replace(post, **fields, comments=comments, notes=notes)


def _likely(plain: str, length: int, quick: set[int]) -> list[int]:
    """Return where the few bits say that a name may begin."""
    signs = memoryview(plain.encode(*_SIGNS))
    wide = _WIDE * length
    return [place // _WIDE for place in range(0, len(signs) - wide + 1, _WIDE) if quick_of(signs[place : place + wide]) in quick]


def _stretches(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the stretches that places side by side make.

    >>> list(_stretches([3, 4, 5, 8]))
    [(3, 6), (8, 9)]
    """
    for _, beside in groupby(enumerate(places), key=lambda one: one[1] - one[0]):
        stretch = [place for _, place in beside]
        yield stretch[0], stretch[-1] + 1


def _stands_alone(folded: Folded, plain: str, start: int, end: int) -> bool:
    """Tell whether no mark, vowel or Latin letter goes on across the borders of a name."""
    behind = plain[end : end + 1]
    return not (_leans(plain[start]) or (behind and (_leans(behind) or behind in _GOES_ON)) or _goes_on(folded, start) or _goes_on(folded, end))


def _leans(sign: str) -> bool:
    return unicodedata.category(sign) in _MARKS


def _goes_on(folded: Folded, place: int) -> bool:
    """Tell whether letters or digits of the Latin kind go on across a place, with nothing between them."""
    if not 0 < place < len(folded.text) or folded.ends[place - 1] < folded.starts[place]:
        return False
    return all(sign.isascii() and sign.isalnum() for sign in folded.text[place - 1 : place + 1])
