"""How well names are masked for readers outside: the owners and speakers that are marked in the corpus, in their fields and in the texts of posts.

Comes in: the corpus, and ``people.csv`` beside it, in which a careful reader wrote down which of them are private persons and which officials in
office. Goes out: figures as text, of the writers of the validation with the words that went wrong, and of the frozen test without them. Refuses a
corpus without the list. The persons of a post are learnt from that post alone, as a digest learns them from what it cites.
"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, cast

from pipeline.errors import SettingsError
from pipeline.evaluate.names import as_table, mention_in, wrong_words
from pipeline.masks import private_in
from pipeline.privacy.people import People
from pipeline.sources.marked import read_corpus
from pipeline.sources.splits import frozen_posts, read_splits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from pipeline.evaluate.names import Mention, WhoKind
    from pipeline.labelled import LabelledPost
    from pipeline.masks import Private
    from pipeline.records import Passage

PEOPLE = "people.csv"
_SHORTEST = 5  # signs of what is looked for in a text: shorter words stand in others
_GOES_ON = "[ะัาำิีึืฺุู็่้๊๋์ํๅ]"


def judge_names(corpus: Path) -> str:
    """Return how well the names of private persons are masked."""
    kinds = _read_kinds(corpus)
    checked, frozen = list(read_corpus(corpus, read_splits(corpus).validation)), frozen_posts(corpus)
    lines: list[str] = []
    for name, posts in (("validation", checked), ("frozen test", frozen)):
        fields = [found for post in posts for found in _in_fields(post, kinds)]
        texts = [found for post in posts for found in _in_text(post, kinds)]
        lines += [as_table(f"{name}, fields", fields), as_table(f"{name}, texts", texts)]
        if posts is checked:
            missed, wrongly = wrong_words([*fields, *texts])
            lines += [f"  left to be read: {', '.join(missed)}", f"  wrongly masked: {', '.join(wrongly)}"]
    return "\n".join(lines)


def _read_kinds(corpus: Path) -> Mapping[str, WhoKind]:
    """Return what the list says of each person.

    Raises:
        SettingsError: when there is no list.
    """
    file = corpus.parent / PEOPLE
    if not file.is_file():
        raise SettingsError(
            en=f"{file}: must say which persons of the corpus are private and which hold an office. Got no file. Name another corpus with --corpus.",
            th=f"{file}: ต้องบอกว่าใครในคลังเป็นบุคคลทั่วไปและใครดำรงตำแหน่ง แต่ไม่พบไฟล์ ระบุคลังอื่นด้วย --corpus",
        )
    with file.open(encoding="utf-8", newline="") as opened:
        return {row["written"]: cast("WhoKind", row["kind"]) for row in csv.DictReader(opened)}


def _in_fields(labelled: LabelledPost, kinds: Mapping[str, WhoKind]) -> Iterator[Mention]:
    """Yield the owners and speakers of a post, each masked as a field of a digest is."""
    people = _people_of(labelled)
    for passage in labelled.passages:
        for written, surely in _fields_of(passage):

            def find(text: str, *, surely: bool = surely) -> Iterable[Private]:
                return people.in_field(text, surely=surely)

            yield mention_in(written, kinds.get(written, "other"), 0, private_in(written, find))


def _in_text(labelled: LabelledPost, kinds: Mapping[str, WhoKind]) -> Iterator[Mention]:
    """Yield where the text of a post names the owners and speakers that are marked in it, masked as the page of the post is."""
    known = {written for passage in labelled.passages for written, _ in _fields_of(passage) if len(written) >= _SHORTEST}
    if not known:
        return
    text = labelled.post.text
    hidden = private_in(text, _people_of(labelled).in_text)
    longest_first = "|".join(map(re.escape, sorted(known, key=lambda one: (-len(one), one))))
    for found in re.finditer(f"(?:{longest_first})(?!{_GOES_ON})", text):
        yield mention_in(found.group(), kinds.get(found.group(), "other"), found.start(), hidden)


def _fields_of(passage: Passage) -> Iterator[tuple[str, bool]]:
    """Yield who is named in the fields of a passage, and whether the field surely holds somebody's name."""
    if passage.speaker and passage.voice == "quoted":
        yield passage.speaker, False
    yield from ((actor.text, False) for actor in (passage.action.who if passage.action else ()))


def _people_of(labelled: LabelledPost) -> People:
    """Return whom a digest of the post knows."""
    post = labelled.post
    names = {post.author, *(one.author for one in post.comments), *(one.speaker for one in labelled.passages if one.voice != "quoted")}
    texts = {post.title, *(passage.quote for passage in labelled.passages)}
    told = {written for passage in labelled.passages for written, _ in _fields_of(passage)}
    return People(filter(None, texts), filter(None, names), told)
