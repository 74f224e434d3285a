"""Posts of the corpus that change as posts do, each with a passage and where it truly stands afterwards; what anchors then say of it.

    python -m tests.mutations [EACH] [SEED]

Goes out: a line for each kind of change: how many anchors hold silently in the right place, wait for a person, or hold no more, and how many hold
silently in a wrong place. Exit status 1 if any does. Without arguments 1,500 of each kind.
"""

import random
import sys
from collections import Counter
from functools import lru_cache
from pathlib import Path

from pipeline.anchoring import find
from pipeline.corrections import anchor_of
from pipeline.records import Span
from pipeline.sources.marked import read_marked

CORPUS = Path(__file__).parents[1] / "corpora" / "posts"
LETTERS = "กขคงจชซดตถทนบปผพมยรลวสหอ"
RIGHT = 0.8  # of what both cover together that the place found and the true one must share
SHORTEST = 25  # code points of a passage that is deleted or quoted: shorter ones stand elsewhere by chance
NEW = "วันนี้ขอเล่าเพิ่มจากที่ค้างไว้เมื่อคราวก่อน ว่าหลังจากแยกย้ายกันไปแล้วต่างคนต่างกลับไปคุยกับเพื่อนในซอยของตัวเอง\n\n"
BREAK = "\n\n"


@lru_cache(maxsize=2)
def chosen(count, seed=7):
    """Return so many passages with their posts, from all writers; of each post one before any gives a second."""
    draw = random.Random(seed)  # noqa: S311 - the same draw every time
    pages = sorted(CORPUS.glob("*/*.txt"))
    shuffled = []
    for page in draw.sample(pages, len(pages)):
        labelled = read_marked(page, page.parent.name)
        spans = [passage.span for passage in labelled.passages if len(passage.quote) >= SHORTEST]
        shuffled.append([(labelled.post.text, span) for span in draw.sample(spans, len(spans))])
        if sum(map(bool, shuffled)) == count:
            break
    rounds = max(map(len, shuffled))
    return [found[turn] for turn in range(rounds) for found in shuffled if turn < len(found)][:count]


def typed(text, share, draw):
    """Return a text with so many signs put in, left out or exchanged, and where each old offset lies now."""
    changed, places = "", []
    for sign in text:
        places.append(len(changed))
        changed += draw.choices((sign, "", draw.choice(LETTERS), sign + draw.choice(LETTERS)), (1 - share, share / 3, share / 3, share / 3))[0]
    return changed, [*places, len(changed)]


def put_in(text, span, at, more):
    """Return a text with more words before or behind a passage, and where the passage stands now."""
    by = len(more) if at <= span.start else 0
    return text[:at] + more + text[at:], Span(span.start + by, span.end + by)


def _another(text, draw):
    """Return a passage of some other post."""
    while True:
        other, span = draw.choice(chosen(400))
        if span.of(other) not in text:
            return span.of(other)


def inserted(text, span, draw):
    starts = [0, *(place + len(BREAK) for place in range(span.start) if text.startswith(BREAK, place))]
    return put_in(text, span, draw.choice([at for at in starts if at <= span.start]), NEW * 3)


def retyped(text, span, draw):
    changed, places = typed(text, 0.02, draw)
    return changed, Span(places[span.start], places[span.end])


def quoted_earlier(text, span, draw):
    return put_in(text, span, 0, f"เขาเขียนไว้ว่า {span.of(text)} แล้วก็จบ\n\n")


def respelled(text, span, draw):
    """Change what nobody sees: sara am in two signs, blanks that do not break, marks without width."""

    def change(part):
        return part.replace("\u0e33", "\u0e4d\u0e32").replace(" ", "\u00a0").replace("และ", "\u200bและ")

    before, inner = change(text[: span.start]), change(span.of(text))
    return before + inner + change(text[span.end :]), Span(len(before), len(before) + len(inner))


def cut_before(text, span, draw):
    """Leave out the paragraphs before that of the passage."""
    start = text.rfind(BREAK, 0, span.start) + len(BREAK) if BREAK in text[: span.start] else 0
    return text[start:], Span(span.start - start, span.end - start)


def moved(text, span, draw):
    """Put the paragraph of the passage behind all others."""
    start = text.rfind(BREAK, 0, span.start) + len(BREAK) if BREAK in text[: span.start] else 0
    end = text.find(BREAK, span.end)
    end = len(text) if end < 0 else end
    rest = text[:start] + text[end:].removeprefix(BREAK)
    by = len(rest) + len(BREAK) - start
    return rest + BREAK + text[start:end], Span(span.start + by, span.end + by)


def edited(text, span, draw):
    inner, _ = typed(span.of(text), 0.15, draw)
    return text[: span.start] + inner + text[span.end :], Span(span.start, span.start + len(inner))


def shortened(text, span, draw):
    """Leave out a part of the passage, up to half of it, somewhere in it."""
    length = span.end - span.start
    gone = draw.randint(1, length // 2)
    start = span.start + draw.randint(0, length - gone)
    return text[:start] + text[start + gone :], Span(span.start, span.end - gone)


def alike_nearby(text, span, draw):
    """Put the paragraph of the passage, a little otherwise, before it: a form that is filled in again and again."""
    start = text.rfind(BREAK, 0, span.start) + len(BREAK) if BREAK in text[: span.start] else 0
    end = text.find(BREAK, span.end)
    like = span.of(text)
    while like == span.of(text):
        like, _ = typed(like, 0.1, draw)
    before, after = text[start : span.start], text[span.end : end if end >= 0 else len(text)]
    return put_in(text, span, start, typed(before, 0.1, draw)[0] + like + typed(after, 0.1, draw)[0] + BREAK)


def said_again_and_edited(text, span, draw):
    """Edit the passage where it stands, and quote its old words above."""
    changed, true = edited(text, span, draw)
    return put_in(changed, true, 0, f"ก่อนนี้เขียนไว้ว่า {span.of(text)} แต่แก้แล้ว\n\n")


def deleted(text, span, draw):
    return text[: span.start] + text[span.end :], None


def replaced(text, span, draw):
    """Put other words in the place of the passage."""
    return text[: span.start] + _another(text, draw) + text[span.end :], None


def deleted_and_quoted(text, span, draw):
    """Delete the passage, where a comment has quoted it: those are somebody else's words."""
    return deleted(text, span, draw)[0] + f"\n\nตรงที่ว่า {span.of(text)} เราเห็นต่าง", None


ORDINARY = (inserted, retyped, quoted_earlier, respelled)
HARD = (cut_before, moved, edited, shortened, alike_nearby, said_again_and_edited)
GONE = (deleted, replaced, deleted_and_quoted)


def several(text, span, draw):
    """Change a post two to four times, in ways drawn by chance; a like paragraph last, since of two that were both edited nobody knows the older."""
    true = span
    for change in sorted(draw.choices((*ORDINARY, *HARD), k=draw.randint(2, 4)), key=lambda change: change is alike_nearby):
        text, true = change(text, true, draw)
        if true.end - true.start < SHORTEST:
            break
    return text, true


EVERY = (*ORDINARY, *HARD, *GONE, several)


def shared(one, other):
    both = one.overlap(other)
    return both / (one.end - one.start + other.end - other.start - both) if both else 0.0


def outcomes(change, count, seed=7):
    """Return for each passage what its score says, and whether the place is the right one."""
    draw = random.Random(f"{change.__name__} {seed}")  # noqa: S311 - the same draw every time
    for text, span in chosen(count, seed):
        changed, true = change(text, span, draw)
        found = find(anchor_of(text, span), changed)
        yield found.holding if found else "orphan", bool(found and true and shared(found.span, true) >= RIGHT)


def main(count=1500, seed=7):
    """Print what becomes of anchors, and return how many hold silently in a wrong place."""
    wrong = 0
    for change in EVERY:
        told = Counter(outcomes(change, count, seed))
        wrong += told["kept", False]
        asked, gone = (told[holding, True] + told[holding, False] for holding in ("to confirm", "orphan"))
        line = f"{change.__name__:22} {sum(told.values()):6,}  right {told['kept', True]:6,}  to confirm {asked:6,}  hold no more {gone:6,}"
        sys.stdout.write(f"{line}  wrong {told['kept', False]}\n")
        sys.stdout.flush()
    sys.stdout.write(f"wrong and silent: {wrong}\n")
    return wrong


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])) > 0)
