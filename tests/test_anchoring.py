"""Anchors on posts of the corpus that change as posts do: what moves silently is never the wrong place, and ordinary edits are survived."""

import random
from functools import lru_cache
from pathlib import Path

import pytest

from pipeline.anchoring import find
from pipeline.corrections import anchor_of
from pipeline.records import Span
from pipeline.sources.marked import read_marked

CORPUS = Path(__file__).parents[1] / "corpora" / "posts"
LETTERS = "กขคงจชซดตถทนบปผพมยรลวสหอ"
PASSAGES = 120
RIGHT = 0.8  # of what both cover together that the place found and the true one must share
SHORTEST = 25  # code points of a passage that is deleted or quoted: shorter ones stand elsewhere by chance
NEW = "วันนี้ขอเล่าเพิ่มจากที่ค้างไว้เมื่อคราวก่อน ว่าหลังจากแยกย้ายกันไปแล้วต่างคนต่างกลับไปคุยกับเพื่อนในซอยของตัวเอง\n\n"


@lru_cache(maxsize=1)
def chosen():
    """Return posts with a passage each, from all writers."""
    pages = sorted(CORPUS.glob("*/*.txt"))
    draw = random.Random(7)  # noqa: S311 - the same draw every time
    found = []
    for page in draw.sample(pages, len(pages)):
        labelled = read_marked(page, page.parent.name)
        spans = [passage.span for passage in labelled.passages if len(passage.quote) >= SHORTEST]
        if spans:
            found.append((labelled.post.text, draw.choice(spans)))
        if len(found) == PASSAGES:
            break
    return found


def typed(text, share, draw):
    """Return a text with so many signs put in, left out or exchanged, and where each old offset lies now."""
    changed, places = "", []
    for sign in text:
        places.append(len(changed))
        changed += draw.choices((sign, "", draw.choice(LETTERS), sign + draw.choice(LETTERS)), (1 - share, share / 3, share / 3, share / 3))[0]
    return changed, [*places, len(changed)]


def put_in(text, at, more):
    return text[:at] + more + text[at:]


def paragraph_starts(text, before):
    return [0, *(place + 2 for place in range(before) if text.startswith("\n\n", place))]


def inserted(text, span, draw):
    at = draw.choice(paragraph_starts(text, span.start))
    if at >= span.start:
        at = 0
    return put_in(text, at, NEW * 3), Span(span.start + 3 * len(NEW), span.end + 3 * len(NEW))


def retyped(text, span, draw):
    changed, places = typed(text, 0.02, draw)
    return changed, Span(places[span.start], places[span.end])


def edited(text, span, draw):
    inner, _ = typed(span.of(text), 0.15, draw)
    return text[: span.start] + inner + text[span.end :], Span(span.start, span.start + len(inner))


def quoted_earlier(text, span, draw):
    more = f"เขาเขียนไว้ว่า {span.of(text)} แล้วก็จบ\n\n"
    return more + text, Span(span.start + len(more), span.end + len(more))


def respelled(text, span, draw):
    """Change what nobody sees: sara am in two signs, blanks that do not break, marks without width."""

    def change(part):
        return part.replace("\u0e33", "\u0e4d\u0e32").replace(" ", "\u00a0").replace("และ", "\u200bและ")

    before, inner = change(text[: span.start]), change(span.of(text))
    return before + inner + change(text[span.end :]), Span(len(before), len(before) + len(inner))


def deleted(text, span, draw):
    return text[: span.start] + text[span.end :], None


ORDINARY = [inserted, retyped, quoted_earlier, respelled]


def shared(one, other):
    both = one.overlap(other)
    return both / (one.end - one.start + other.end - other.start - both)


def outcomes(change):
    """Return for each passage what its score says, and whether the place is the right one."""
    draw = random.Random(change.__name__)  # noqa: S311 - the same draw every time
    for text, span in chosen():
        changed, true = change(text, span, draw)
        found = find(anchor_of(text, span), changed)
        yield found.holding if found else "orphan", bool(found and true and shared(found.span, true) >= RIGHT)


@pytest.mark.parametrize("change", [*ORDINARY, edited, deleted])
def test_nothing_moves_silently_to_a_wrong_place(change):
    assert [number for number, (holding, right) in enumerate(outcomes(change)) if holding == "kept" and not right] == []


@pytest.mark.parametrize("change", ORDINARY)
def test_ordinary_edits_are_survived(change):
    survived = [holding == "kept" and right for holding, right in outcomes(change)]
    assert sum(survived) >= 0.95 * len(survived)


def test_most_of_what_was_edited_heavily_is_at_least_asked():
    offered = [holding != "orphan" and right for holding, right in outcomes(edited)]
    assert sum(offered) >= 0.9 * len(offered)
