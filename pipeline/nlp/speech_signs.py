"""What speaks for it that a piece tells somebody else's words: who begins to tell in it, before it and behind it, and in what form it is written.

Comes in: a Doc and labelled pieces in their order. Goes out: the signs of each piece as names, and those of how it follows the piece before it.
Refuses nothing. A lead that the body repeats is seen where the body says it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from spacy.strings import get_string_id

from pipeline.languages.th.hearsay import calls_itself, is_taken_down, taken_up
from pipeline.languages.th.line_openings import LIST_MARK, before_colon, behind_mark, opening_name, opening_word
from pipeline.languages.th.lines_of_text import full_lines
from pipeline.languages.th.speech import FIRST_PERSONS, find_tellings
from pipeline.languages.th.turns import WORDS_OF, GrowingTurns, opener_of, turns_in
from pipeline.nlp.doc_words import is_among, words_of_doc
from pipeline.nlp.pieces import parts_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.tokens import Doc

    from pipeline.languages.th.speech import Told
    from pipeline.nlp.doc_words import Words
    from pipeline.nlp.pieces import Piece

_FIRST_PERSONS = np.array(sorted(map(get_string_id, FIRST_PERSONS)), np.uint64)
_LINE_END = re.compile(r"[\r\n]")
_QUOTE_MARKS = " \"“”(:'"
_DOUBTFUL = frozenset(["weak", "asks", "is"])  # verbs that may tell nothing
_NEAR = 2  # signs between a telling and the words it tells
_SHORTEST_REPEAT, _REPEATED = 12, 25  # code points of a lead that are looked for below
_LIST_LINES, _SHORT_LINE, _MARK = 15, 60, 12  # lines of a list up to its heading; code points of a heading, and of the mark of an item
_SHORT_NAME = 14  # code points
_OPENING, _BEHIND = 250, 60  # code points of a post that say what it is; behind a piece


class Line(NamedTuple):
    """A line of the text, half-open, its words, and who begins to tell in it."""

    start: int
    end: int
    text: str
    told: tuple[Told, ...]


class Page:
    """The lines of a Doc in which pieces stand; each is read once."""

    def __init__(self, doc: Doc) -> None:
        """Look through the author's parts for the writer's first person and for the words that open lines."""
        self.text = text_of(doc)
        self._starts = [0, *(found.end() for found in _LINE_END.finditer(self.text))]
        self._lines: dict[int, Line] = {}
        own = [(span.start, span.end) for part, _, span in parts_of(doc) if part != "comment"]
        self.in_first_person = _in_first_person(words_of_doc(doc), own)
        lines = [line for start, end in own for line in full_lines(self.text[start:end])]
        self.openers = Counter(map(opening_word, lines))
        self._under: dict[int, tuple[str, ...]] = {}
        self.turns = GrowingTurns()
        self.voices = _voices(lines)
        first = own[0][0] if own else 0
        openings = doc._.post.title or "", self.text[first : first + _OPENING]
        self.taken_down = " ".join(str(is_taken_down(opening)) for opening in openings)  # in the title, and in the first words

    def line_at(self, start: int, end: int) -> Line:
        """Return the line, or the lines, in which a stretch stands."""
        first = self._starts[bisect_right(self._starts, start) - 1]
        if first not in self._lines:
            behind = bisect_right(self._starts, end)
            last = self._starts[behind] - 1 if behind < len(self._starts) else len(self.text)
            words = self.text[first:last]
            self._lines[first] = Line(first, last, words, tuple(find_tellings(words)))
        return self._lines[first]

    def under(self, start: int) -> tuple[str, ...]:
        """Return what the line above says, or the one above the list of which the line that begins at `start` is an item."""
        if start not in self._under:
            self._under[start] = tuple(self._head(start))
        return self._under[start]

    def _head(self, start: int) -> Iterator[str]:
        own = bool(LIST_MARK.match(self.text[start : start + _MARK]))
        for words, first in self.lines_up_to(start, _LIST_LINES):
            if not words.strip() or (own and LIST_MARK.match(words)):
                continue
            line = self.line_at(first, first + len(words))
            told = next((one for one in reversed(line.told) if one.verb not in {"weak", "asks"}), None)
            gap = bisect_right([3, 20, 60], len(words.rstrip()) - told.end) if told else "far"
            who, short = f"{told.teller} {told.verb}" if told else "none", len(words) < _SHORT_LINE
            yield from (f"under {own} {who} {gap} {short}", f"under {own} {who}", f"under {own} {words.rstrip().endswith(':')}")
            yield from [f"under words of {own} {short}"] * bool(WORDS_OF.search(words))
            return

    def place_of(self, piece: Piece) -> tuple[int, int]:
        """Return where a piece is seen: one of the lead where the body repeats it."""
        if piece.part == "lead":
            for words in (self.text[piece.start : piece.end], self.text[piece.start : piece.start + _REPEATED]):
                below = self.text.find(words, piece.end) if len(words) >= _SHORTEST_REPEAT else -1
                if below >= 0:
                    return below, below + len(words)
        return piece.start, piece.end

    def lines_up_to(self, start: int, most: int) -> Iterator[tuple[str, int]]:
        """Yield what stands before a place in its line, then the lines above that are not blank, each with where it starts."""
        number, end = bisect_right(self._starts, start) - 1, start
        for _ in range(most):
            first = self._starts[number]
            yield self.text[first:end], first
            words = ""
            while number and not words:
                number -= 1
                words = self.text[self._starts[number] : first].rstrip()
                first = self._starts[number]
            end = first + len(words)
            if not words:
                return


def _voices(lines: Iterable[str]) -> frozenset[str]:
    """Return the names before a colon that open lines again and again: those of people who talk with each other."""
    found = Counter(filter(None, map(before_colon, lines)))
    again = frozenset(named for named, count in found.items() if count > 1)
    return again if len(again) > 1 else frozenset()


def _in_first_person(words: Words, own: Sequence[tuple[int, int]]) -> bool:
    """Say whether a word by which writers call themselves stands in one of some stretches of a text."""
    selves = is_among(words.hashes, _FIRST_PERSONS)
    starts, ends = words.starts[selves], words.ends[selves]
    return any(bool(((starts < end) & (ends > start)).any()) for start, end in own) if len(starts) else False


def speech_signs(page: Page, piece: Piece) -> list[str]:
    """Return the signs of a piece by name."""
    start, end = page.place_of(piece)
    line = page.line_at(start, end)
    near = _Near(page, line, line.text, start - line.start, end - line.start, _last_real(line, start - line.start))
    size = bisect_right([40, 80, 150, 250], end - start)
    around = (*_behind(near), *_calls(near), *([] if piece.part == "comment" else _of_post(near)), *page.under(line.start))
    return [*_tellings(near), *_form(near), *_turns(near), *around, f"part {piece.part}", f"label {piece.label}", f"long {size}"]


def following_signs(page: Page, before: Piece | None, piece: Piece, near: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the signs of how a piece follows the one before it in its part: where that one is the writer's own, and where it is told."""
    if before is None or (before.part, before.comment) != (piece.part, piece.comment):
        return ["follows nothing"], ["follows nothing"]
    gap = page.text[before.end : piece.start]
    lines = ("in line", "in next line")[gap.count("\n")] if gap.count("\n") <= 1 else "further"
    close = bisect_right([1, 40, 150], len(gap.strip()))
    own = "direct" if "direct" in near else "in" if "in none" not in near else "none"
    words = page.text[piece.start : piece.end]
    between = (*turns_in(gap), "nothing" if not gap.strip() else "more")[0]
    turns = (f" behind {between}", f" self {'self' in turns_in(words)}", f" opens {opener_of(words)}")
    signs = ("", f" {close}", f" {own}", f" {close} {own}", *turns, f" {before.label} {piece.label}")
    return [f"follows own {lines}{sign}" for sign in signs], [f"follows told {lines}{sign}" for sign in signs]


def _last_real(line: Line, start: int) -> Told | None:
    """Return who last began to tell something before a place in a line, by a verb that surely tells."""
    return next((told for told in reversed(line.told) if told.end <= start + 1 and told.verb not in _DOUBTFUL), None)


class _Near(NamedTuple):
    """A piece in its line and in the line's text: from where to where, counted from its start, and who last surely began to tell before it."""

    page: Page
    line: Line
    text: str
    start: int
    end: int
    last: Told | None

    @property
    def talks(self) -> bool:
        """Say whether the line opens with one of those who talk with each other in the post."""
        return bool(self.page.voices) and before_colon(self.text) in self.page.voices

    def teller(self, told: Told) -> str:
        """Return who tells; a word of kinship alone may be the writer where the writer uses no first person."""
        if told.teller == "self" and self.talks:
            return "own of talk"
        return "bare or own" if told.teller == "bare" and not self.page.in_first_person else told.teller


def _tellings(near: _Near) -> Iterator[str]:
    """Yield who begins to tell just before the piece, in it, earlier in its line, and behind it."""
    before = [told for told in near.line.told if told.end <= near.start + 1]
    within = [told for told in near.line.told if told.end > near.start + 1 and told.start < near.end]
    last = len(near.text[: near.start].rstrip(_QUOTE_MARKS))
    direct = before[-1] if before and last - before[-1].end <= _NEAR else None
    if direct:
        who = near.teller(direct)
        yield from ("direct", f"direct {who}", f"direct {direct.verb}", f"direct {who} {direct.verb}")
    yield from _within(near, within)
    if not direct:
        yield from _earlier(near, near.last, within=bool(within))
    behind = next((told for told in near.line.told if told.start >= near.end), None)
    if behind:
        yield f"behind {near.teller(behind)} {behind.verb} {bisect_right([3, 20, 60], behind.start - near.end)}"


def _within(near: _Near, within: Sequence[Told]) -> Iterator[str]:
    if not within:
        yield "in none"
        return
    who, verb = near.teller(within[0]), within[0].verb
    place = bisect_right([1, 15, 40, 80], max(0, within[0].start - near.start))
    yield from (f"in {place} {who} {verb}", f"in {place} {verb}", f"in {who} {verb}", f"in {place} {who}")


def _earlier(near: _Near, told: Told | None, *, within: bool) -> Iterator[str]:
    if told is None:
        yield "earlier none"
        return
    who = near.teller(told)
    gap = near.text[told.end : near.start]
    clauses, far = bisect_right([1, 2, 3, 5, 8], gap.count(" ")), bisect_right([30, 80, 150, 300], len(gap))
    yield from (f"earlier {who} {told.verb}", f"earlier {who} {told.verb} {clauses}", f"earlier {clauses} clauses", f"earlier far {far}")
    yield from (f"earlier {who} {far}", f"earlier {who} {told.verb} {far} {within}")


def _turns(near: _Near) -> Iterator[str]:
    """Yield what happened since somebody last began to tell before the piece, and whether its words are rather the writer's."""
    told = near.last
    who = near.teller(told) if told else "none"
    gap = near.text[told.end if told else 0 : near.start]
    if gap.strip():
        turns = near.page.turns.of(gap)
        yield from (f"since {turn}{by}" for turn in turns for by in ("", f" {who}"))
        yield f"since {(*turns, 'nothing')[0]} {who} {bisect_right([30, 80, 150, 300], len(gap))}"
    words = near.text[near.start : near.end]
    yield from (f"words {turn}{by}" for turn in turns_in(words) if turn not in {"react", "time"} for by in ("", f" {who}"))
    yield from (f"words open {opener_of(words)}", f"words open {opener_of(words)} {who}")


def _behind(near: _Near) -> Iterator[str]:
    """Yield what happens behind the piece in its line: somebody laughs or speaks, or the words are pointed back at."""
    behind, told = near.text[near.end : near.end + _BEHIND], near.last
    who = near.teller(told) if told else "none"
    yield from (f"after {turn}{by}" for turn in turns_in(behind) or ("nothing",) for by in ("", f" {who}"))
    yield f"after opens {opener_of(behind.lstrip())}"
    said = taken_up(behind)
    if said is not None:
        yield from ("after taken up", f"after taken up {next((near.teller(one) for one in find_tellings(said)), 'none')}")


def _calls(near: _Near) -> Iterator[str]:
    """Yield whether the words call their speaker as the one who tells is called, and whether they name him."""
    told = near.last
    if told and told.named:
        words = near.text[near.start : near.end]
        itself = calls_itself(told.named, words)
        yield from (f"calls itself {itself}", f"calls itself {itself} {told.verb}")
        yield from ["names its teller"] * (told.named in words and not itself)


def _of_post(near: _Near) -> Iterator[str]:
    """Yield whether the post is somebody else's words from end to end."""
    own = "self" in turns_in(near.text[near.start : near.end])
    yield from (f"post taken down {near.page.taken_down}", f"post taken down {near.page.taken_down} {own}")


def _form(near: _Near) -> Iterator[str]:
    """Yield how the piece and its line are written: a name that opens the line, quotation marks, how the piece begins and ends."""
    text, before = near.text, near.text[: near.start]
    word, kind = opening_word(text), opening_name(text)
    alone = len(word) <= _SHORT_NAME and not any(told.start <= 1 and told.verb != "weak" for told in near.line.told)
    if kind:
        yield f"line opens with {kind}{' alone' if alone else ''}"
    yield from ["opener comes again"] * (near.page.openers[word] > 1)
    yield from ["line of a name and colon"] * any(told.verb == "colon" and told.end <= near.start + _NEAR for told in near.line.told)
    if near.page.voices:
        yield f"talk {near.talks}"
    yield from ["list"] * bool(LIST_MARK.match(text))
    yield "line starts" if not behind_mark(before).strip() else "line goes on"
    yield from ["in quotes"] * (before.count('"') % 2 + before.count("“") - before.count("”") > 0)
    yield from ["quotes within"] * (text.find('"', near.start, near.end) >= 0 or text.find("“", near.start, near.end) >= 0)
    yield from ["quote behind"] * text[near.end : near.end + 2].lstrip().startswith(('"', "”"))
    yield from ["bracket behind"] * text[near.end :].lstrip().startswith("(")
