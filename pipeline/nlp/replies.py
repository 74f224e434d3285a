"""In which comments the post's author answers: what of each comment speaks for it, compared with the other comments and with the post.

Comes in: a Doc with its words. Goes out: the numbers of these comments. Refuses nothing: without trained readers of fields only a comment that bears
the author's name, or that calls an earlier commenter where the page names none, is taken for an answer.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate, chain
from typing import TYPE_CHECKING

import numpy as np
from spacy.strings import get_string_id

from pipeline.languages.th.answers import (
    asks,
    called_in,
    calls_several,
    gender,
    name_above,
    opens_as,
    own_name,
    selves_in,
    signed,
    stands_for_writer,
)
from pipeline.languages.th.tokens import stop_words
from pipeline.nlp.pieces import parts_of, text_of
from pipeline.nlp.speech import Heard, sign_hashes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray
    from spacy.tokens import Doc

    from pipeline.nlp.speech import Speech
    from pipeline.records import Post, Span

_LIKELIEST_NAME, _LIKELY_UNNAMED = -1.0, -0.5  # log-odds: most posts have an answer, so that the likeliest name needs less than an even chance
_SHORTEST_WORD, _OPENING_WORDS = 4, 6
_APART = "\0"  # stands in no name
_NOTHING = np.empty(0, np.uint64)
_CALLS_BY_NAME = re.compile(
    r"\s*(?:สวัสดี(?:ครับ|ค่ะ|คะ)?\s*)?(?:เรียน|ตอบ|ถึง)?\s*(?:คุณ|น้อง|พี่|อ\.|อาจารย์|ครู|หมอ|ท่าน)\s?(?P<called>[^\s]{2,40}?)\s*(?:ครับ|ค่ะ|คะ|จ๊ะ|จ้ะ)?\s*(?:\n|\r|$)"
)


def replies_of(post: Post) -> frozenset[int]:
    """Return the numbers of the comments in which the post's author surely answers."""
    by_name = {n for n, comment in enumerate(post.comments) if comment.author and comment.author == post.author}
    by_form = {n for n in range(1, len(post.comments)) if _calls_earlier_commenter(post, n)}
    return frozenset(by_name | by_form)


def _calls_earlier_commenter(post: Post, number: int) -> bool:
    """Say whether a comment without a name opens by calling somebody who can only be an earlier commenter.

    Where earlier comments carry names, the called one must be among them; where none does, it must not be the post's author.
    """
    call = _CALLS_BY_NAME.match(post.comments[number].span.of(post.text))
    if call is None or post.comments[number].author:
        return False
    called = call["called"].strip()
    names = [comment.author for comment in post.comments[:number] if comment.author]
    if names:
        return any(called in name or name in called for name in names)
    return not (post.author and (called in post.author or post.author in called))


def find_replies(speech: Speech, docs: Sequence[Doc]) -> dict[Doc, frozenset[int]]:
    """Return for each Doc the numbers of the comments that are likely the author's answers; those of one name are judged together."""
    talks = [Talk(doc) for doc in docs]
    chances = speech.chances([heard_of(talk, number) for talk in talks for number in range(len(talk.texts))])
    odds, first, found = np.log(chances) - np.log1p(-chances), 0, {}
    for talk in talks:
        found[talk.doc] = _likely(talk, odds[first : first + len(talk.texts)]) | replies_of(talk.doc._.post)
        first += len(talk.texts)
    return found


def _likely(talk: Talk, odds: NDArray[np.float64]) -> frozenset[int]:
    """Return the comments that are likely the author's, who writes under one name or under none."""
    named: dict[str, list[int]] = {}
    for number, author in enumerate(talk.authors):
        if author:
            named.setdefault(author, []).append(number)
    unnamed = [number for number, author in enumerate(talk.authors) if not author]
    best = max(named.values(), key=lambda numbers: odds[numbers].mean(), default=[])
    if best and odds[best].mean() > max([_LIKELIEST_NAME, *odds[unnamed].tolist()]):
        return frozenset([*best, *(number for number in unnamed if odds[number] > 0)])
    return frozenset(number for number in unnamed if odds[number] > _LIKELY_UNNAMED)


class Talk:
    """The comments of a Doc, and what each of them is compared with."""

    def __init__(self, doc: Doc) -> None:
        """Read the names, the calls and the words once."""
        text, spans = text_of(doc), list(parts_of(doc))
        self.doc, self.spans = doc, [span for part, _, span in spans if part == "comment"]
        self.texts = [text[span.start : span.end] for span in self.spans]
        self.authors = [comment.author or name_above(own) for comment, own in zip(doc._.post.comments, self.texts, strict=True)]
        body = [span for part, _, span in spans if part != "comment"]
        self.body = "\n".join(text[span.start : span.end] for span in body)
        self.title, self.signed = doc._.post.title or "", signed(self.body)
        self.gender, self.selves = gender(self.body), selves_in(self.body)
        self.names = [own_name(author) if author else "" for author in self.authors]
        self.named = sum(map(bool, self.names))
        self.called = [called_in(comment) for comment in self.texts]
        self.asking = [asks(comment) for comment in self.texts]
        self.first_question = next((place for place, does in enumerate(self.asking) if does), len(self.texts))
        # Where each name, call and writer stands: a talk of a thousand comments asks for those of others a thousand times.
        self.names_at, self.calls_at = _places([name] if name else [] for name in self.names), _places(self.called)
        self.authors_at, self.first_names = _places([author or ""] for author in self.authors), [places[0] for places in self.names_at.values()]
        self.joined, self.starts = _APART.join(self.texts), [0, *accumulate(len(comment) + len(_APART) for comment in self.texts)]
        self.of_others: dict[str, list[str]] = {}
        by_start = _by_start(doc)
        self.words = [_words(by_start, span) for span in self.spans]
        self.matter = [_matter(words) for words in self.words]
        self.matter_at = _places(self.matter)
        self.told = frozenset(chain.from_iterable(_words(by_start, span) for span in body))


def _places(rows: Iterable[Iterable[str]]) -> dict[str, list[int]]:
    """Return in which of some rows each word stands, rising; words in the order of their first rows."""
    found: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        for word in row:
            found.setdefault(word, []).append(place)
    return found


def _by_start(doc: Doc) -> tuple[list[int], list[str]]:
    words: list[str] = doc._.words
    return list(accumulate(map(len, words), initial=0))[:-1], words


def _words(by_start: tuple[list[int], list[str]], span: Span) -> list[str]:
    starts, words = by_start
    return words[bisect_right(starts, span.start - 1) : bisect_right(starts, span.end - 1)]


def _matter(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word for word in words if len(word) >= _SHORTEST_WORD) - stop_words()


def heard_of(talk: Talk, number: int) -> Heard:
    """Return what is known of a comment, in the form in which told words are weighed."""
    words = np.array(sorted({get_string_id(word) for word in talk.words[number]}), np.uint64)
    stands = sign_hashes(reply_signs(talk, number))
    return Heard(words, stands, _NOTHING, _NOTHING, 0.0, follows=False)  # what the network says of answers helps nothing


def reply_signs(talk: Talk, number: int) -> list[str]:
    """Return the signs of a comment by name."""
    return [*_of_name(talk, number), *_of_place(talk, number), *_of_calls(talk, number), *_of_words(talk, number)]


def _of_name(talk: Talk, number: int) -> Iterator[str]:
    """Yield whether the comment is named, as others are, and what the post and the others say of the name."""
    name, others = talk.names[number], len(talk.names) - 1
    others_named = talk.named - bool(name)
    named = bisect_right([0.01, 0.5, 0.99], others_named / max(1, others))
    own = "named" if name else "unnamed"
    yield from (own, f"{own} among {named}", f"{own} alone {not others}")
    if not name:
        yield "only unnamed" if others_named == others else "one of several unnamed"
        return
    whole = talk.authors[number] or ""
    yield from ["whole name in body"] * (whole in talk.body)
    yield from ["names itself"] * (name in talk.texts[number])
    yield from (f"stands for the writer {stands_for_writer(whole)}", f"itself {whole.endswith('เอง')}")
    yield from (f"signed {name in talk.signed}", f"in title {name in talk.title}")
    yield f"told of {min(2, talk.body.count(name) - talk.signed.count(name))}"
    if whole not in talk.of_others:
        talk.of_others[whole] = list(_of_others(talk, whole, name))
    yield from talk.of_others[whole]


def _of_others(talk: Talk, whole: str, name: str) -> Iterator[str]:
    """Yield whether other comments call or name the writer of a comment, before his first one and after it."""
    own = talk.authors_at[whole]
    yield from (f"name again {len(own) > 1}", f"first of the name {min(own[0], 2)} {len(own) > 1}")
    first, later = own[0], talk.starts[own[0] + 1]
    called = [place for one, places in talk.calls_at.items() if _means(one, name) for place in places]
    yield f"called before it spoke {any(place < first for place in called)}"
    yield f"told of before it spoke {talk.joined.find(name, 0, talk.starts[first]) >= 0}"
    yield f"called after it spoke {any(place > first for place in set(called).difference(own))}"
    by_itself = sum(talk.texts[place].count(name) for place in own[1:])
    yield f"told of after it spoke {talk.joined.count(name, later) > by_itself}"


def _of_place(talk: Talk, number: int) -> Iterator[str]:
    last = len(talk.texts) - 1
    yield from (f"of {min(6, last + 1)}", "first" if number == 0 else "last" if number == last else "between")
    yield f"first {number == 0} named {bool(talk.names[number])}"
    yield from [f"after a question {talk.asking[number - 1]}"] * (number > 0)
    yield f"any asked before {talk.first_question < number}"


def _of_calls(talk: Talk, number: int) -> Iterator[str]:
    """Yield whom the comment calls, whether others call the same, and how its writer calls himself."""
    text, called = talk.texts[number], talk.called[number]
    before = [*talk.names_at][: bisect_left(talk.first_names, number)]
    behind = [name for name, places in talk.names_at.items() if places[-1] > number] if called else []
    hit = any(_means(one, name) for one in called for name in before)
    yield from (f"calls one before {hit}", f"names one before {any(name in text for name in before)}")
    yield from [f"calls one before unnamed {not talk.names[number]}"] * hit
    yield from (f"calls one behind {any(_means(one, name) for one in called for name in behind)}", f"calls several {calls_several(text)}")
    others = [one for one, places in talk.calls_at.items() if places[0] != number or places[-1] != number]
    yield f"calls as others {any(one in other or other in one for one in called for other in others)} {hit}"
    yield f"calls {bool(called)} {hit}"
    if called and not hit:
        yield from (
            f"calls one told of {any(one in talk.body for one in called)}",
            f"calls one who signed {any(one in talk.signed for one in called)}",
        )
    selves = selves_in(text)
    yield f"self as called {any(other.startswith(one) for one in selves for other in others)}"
    yield from (f"self of body {bool(selves & talk.selves)} {bool(selves)}", f"self beside body {bool(selves - talk.selves)}")


def _means(called: str, name: str) -> bool:
    """Say whether a call means who bears a name."""
    return name in called or own_name(called) in name


def _of_words(talk: Talk, number: int) -> Iterator[str]:
    """Yield how the comment is written, and what of it others or the post have said before."""
    text, own = talk.texts[number], gender(talk.texts[number])
    yield from (f"gender {own * talk.gender}", f"gender {own} {talk.gender}", f"asks {talk.asking[number]}")
    yield from (f"opens {opens_as(text)}", f"opens {opens_as(text)} {bool(talk.names[number])}")
    taken = {word for word in talk.matter[number] if talk.matter_at[word][0] < number}
    yield from (f"takes up {min(3, len(taken - talk.told))}", f"takes up told {min(3, len(taken & talk.told))}")
    yield f"of the body {min(4, len(talk.matter[number] & talk.told))}"
    yield f"long {bisect_right([40, 80, 150, 300], len(text))}"
    yield from (f"word {word}" for word in talk.words[number][:_OPENING_WORDS])
