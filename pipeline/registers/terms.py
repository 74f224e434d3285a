"""The glossary: terms that a team coined and words of its dialect, as written.

Comes in: a part of a post. Goes out: a sighting for each term that is introduced as one (เรียกกันว่า …, “…” after คำว่า, …โมเดล), with what
the text says that it means, and for each that stands in quotation marks: those are kept only where they come again. Refuses whole sentences
and words of every day.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.languages.th.registers import wording, words
from pipeline.languages.th.remarks import asks
from pipeline.languages.th.tokens import stop_words, words_of
from pipeline.registers.sighting import TERMS, Sighting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.registers.sighting import Part

TERM = "term"
_QUOTED = re.compile(r"[“\"‘'«](?P<term>[^“”\"‘’'«»\n]{2,40})[”\"’'»]")
_BARE = re.compile(r"[ก-๎][ก-๎A-Za-z]{2,30}(?=[\s,.)”\"]|$)")
_BEFORE = re.compile(r"[ก-๎A-Za-z]{1,40}$")
_MEANING = re.compile(r"[^\n]{4,120}?(?=\s{2}|\n|$|(?<=[^\s0-9])\s(?=แต่|ซึ่ง|และ|ส่วน|ผม|เรา))|[^\n]{4,120}")
_SENTENCE = re.compile(r"(?:ครับ|ค่ะ|คะ|นะ|จ้ะ|ว่า|แล้ว|จะ|ไม่|ให้|ถ้า|ต้อง|[!?…])")
_CLOSING = re.compile("[”\"’'» ]{1,3}")
_MOST_WORDS = 5
_LOOK_BACK = 40


def find_terms(part: Part) -> Iterator[Sighting]:
    """Yield the terms of a part of a post."""
    for start, end, sure in sorted({*_quoted(part.text), *_models(part.text), *_told(part.text)}):
        meaning = _meaning(part, end)
        yield Sighting(TERMS, TERM, part.raw(start, end).strip(), part.passage(start, end), (("means", meaning),) if meaning else (), sure=sure)


def _quoted(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield terms in quotation marks; sure are those that words before or behind them call a name."""
    for found in _QUOTED.finditer(text):
        term = found["term"].strip()
        before = text[max(0, found.start() - _LOOK_BACK) : found.start()]
        named = bool(_introduced().search(before) or wording("terms", "named").search(before) or wording("terms", "means").match(text, found.end()))
        if (named or not _is_of_every_day(term)) and not _is_sentence(term):
            yield found.start("term"), found.end("term"), named


def _models(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield what is called a model by name: หม้อแกงโมเดล."""
    for found in wording("terms", "model").finditer(text):
        before = _BEFORE.search(text, max(0, found.start() - _LOOK_BACK), found.start())
        tokens = words_of(before[0]) if before else []
        name = ""
        for token in reversed(tokens):
            if token in words("terms", "model_common") or token in stop_words() or len(name) + len(token) > _LOOK_BACK // 2:
                break
            name = token + name
        if len(name) > 1:
            yield found.start() - len(name), found.end(), True


def _told(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield bare words that the people of a place are said to have for something."""
    for found in wording("terms", "dialect").finditer(text):
        term = _BARE.match(text, found.end())
        if term and not _is_sentence(term[0]) and not _is_of_every_day(term[0]):
            yield *term.span(), True


@lru_cache(maxsize=1)
def _introduced() -> re.Pattern[str]:
    return re.compile(wording("terms", "introduced").pattern + "$")


def _meaning(part: Part, end: int) -> str:
    """Return what the words right behind a term say that it is."""
    behind = _CLOSING.match(part.text, end)
    means = wording("terms", "means").match(part.text, behind.end() if behind else end)
    said = _MEANING.match(part.text, means.end()) if means else None
    return part.raw(*said.span()).strip() if said else ""


def _is_sentence(term: str) -> bool:
    return bool(_SENTENCE.search(term)) or asks(term) or len([word for word in words_of(term) if word.strip()]) > _MOST_WORDS


def _is_of_every_day(term: str) -> bool:
    """Say whether a term is one word of the dictionary, or holds no word with matter of its own."""
    tokens = [word for word in words_of(term) if word.strip()]
    return len(tokens) < 2 or all(word in stop_words() for word in tokens)  # noqa: PLR2004 - a compound
