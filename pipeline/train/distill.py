"""Teach the network that reads by larger ones: on posts with words changed, and on unlabelled text, it learns what their teachers say of them.

Comes in: pretrained words, the unlabelled text, lessons with their writers. Goes out: a `TagNetwork`, from which every tagger goes on. Refuses
nothing. The corpus is small for what a network can hold; a teacher's view of text that nobody marked makes more of it.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch

from pipeline.nlp.heads import COLUMNS, WIDTH_OF_ALL
from pipeline.nlp.stretches import sign_count
from pipeline.nlp.word_table import HIDDEN, PADDING
from pipeline.train.deep import DEPTH
from pipeline.train.device import quick
from pipeline.train.network import TagNetwork
from pipeline.train.pretrain import DEEP, pretrain_deep
from pipeline.train.tagger import FIELD, WINDOW, Schedule, loss_of
from pipeline.train.teachers import STEPS as STEPS_OF_TEACHERS
from pipeline.train.teachers import chances_of, held_out_chances, learn_full, mean_log_chances
from pipeline.train.windowed import Hiding, Windows, cut_classes, cut_lessons, cut_text, hidden, inputs_of, places_of, word_book

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from torch import Tensor

    from pipeline.train.deep import Depth
    from pipeline.train.network import Context
    from pipeline.train.pretrain import Guesser, Pretrained, Unlabelled
    from pipeline.train.tagger import Lesson
    from pipeline.train.teachers import Teacher
    from pipeline.train.windowed import WordBook

STEPS = 1_924  # 45 seconds of a graphics processor: some thirty rounds over the corpus, fewer than five over what is changed
COPIES = 6  # of each window of the corpus, with words changed
UNLABELLED = 7_680  # windows of unlabelled text: an eighth of each step shows each some four times
_BATCH, _CORPUS, _CHANGED = 128, 64, 48  # windows of a step: half of the corpus, three eighths changed, the rest unlabelled
_HELD_OUT = 0.3  # weight of the held-out teachers' chances beside the marks
_HIDING = Hiding(0.2, 0.05)  # fewer than of the teachers: words are changed already
_RATES, _DROPOUT, _WARM_UP = (2e-3, 1e-3), 0.3, 100
_LEAST_CHANGED, _MOST_CHANGED = 0.1, 0.5  # share of the words of a window
_TEMPERATURE = 0.9  # of what is drawn in their place: a little closer to what is likely
_AT_ONCE = 32  # windows in which words are drawn, each from the whole table
_SEED_OF_POOL = 7


class Posts(NamedTuple):
    """The windows of the corpus with their marked classes and the chances that held-out teachers give."""

    shown: Windows
    classes: Tensor
    chances: Tensor


class Pool(NamedTuple):
    """Windows of which only teachers say something, the changed ones first, and the chances that they give."""

    shown: Windows
    chances: Tensor
    changed: int


class Steps(NamedTuple):
    """How long the deep network guesses, teachers and pupil learn, and how many windows there are that only teachers know."""

    deep: int
    teacher: int
    pupil: int
    copies: int
    unlabelled: int


def steps_of(share: float) -> Steps:
    """Return a share of the full recipe."""
    return Steps(*(max(1, round(share * full)) for full in (*DEEP.passes, STEPS_OF_TEACHERS, STEPS, COPIES, UNLABELLED)))


def distill(  # noqa: PLR0913 - what a training is made of
    found: Pretrained,
    text: Unlabelled,
    lessons: Sequence[Lesson],
    writers: Sequence[str],
    *,
    steps: Steps,
    depth: Depth = DEPTH,
    device: str = "cpu",
    progress: Callable[[str], None] = lambda _: None,
) -> TagNetwork:
    """Return the network that reads, taught by deep teachers that know all writers, and by both kinds that each leave a third of them out."""
    book = word_book(found.table, device)
    deep = pretrain_deep(text, found, DEEP._replace(passes=(steps.deep,)), depth, device, progress).to(device)
    places = places_of(lessons)
    shown = cut_lessons(lessons, places, device)
    held_out = held_out_chances(lessons, writers, [found.guesser, deep], book.shapes, steps.teacher, progress)
    classes = cut_classes(lessons, places, device)
    posts = Posts(shown, classes, _cut_chances(held_out, places, device))
    teachers = learn_full(lessons, deep, book.shapes, steps.teacher, progress)
    progress("what the teachers say of changed and of unlabelled text")
    random = np.random.default_rng(_SEED_OF_POOL)
    torch.manual_seed(_SEED_OF_POOL)
    changed = [part for _ in range(steps.copies) for part in _changed(shown, deep)]
    windows = _together([*changed, cut_text(text, steps.unlabelled, random, device)])
    pool = Pool(windows, _say(teachers, windows), sum(len(part.rows) for part in changed))
    return _learn_pupil(posts, pool, book, found.context, steps.pupil, progress).cpu()


def _cut_chances(of_lessons: Sequence[Tensor], places: Sequence[tuple[int, int, int]], device: str) -> Tensor:
    found = torch.zeros(len(places), WINDOW, WIDTH_OF_ALL, dtype=torch.half, device=device)
    for number, (lesson, start, end) in enumerate(places):
        found[number, : end - start] = of_lessons[lesson][start:end].half()
    return found


def _together(parts: Sequence[Windows]) -> Windows:
    return Windows(*(torch.cat(column) for column in zip(*parts, strict=True)))


def _changed(shown: Windows, guesser: Guesser) -> Iterator[Windows]:
    """Yield the windows with a part of their words as the guesser draws them; of a new word nobody knows the cues."""
    device = shown.rows.device
    for chosen in torch.arange(len(shown.rows), device=device).split(_AT_ONCE):
        own = shown.at(chosen)
        share = _LEAST_CHANGED + (_MOST_CHANGED - _LEAST_CHANGED) * torch.rand(len(chosen), 1, device=device)
        new = (torch.rand(own.rows.shape, device=device) < share) & own.there
        with torch.no_grad(), quick(device):
            odds = guesser.words_at(own.rows.masked_fill(new, HIDDEN), own.gaps.long(), new).float()
        odds[:, [PADDING, HIDDEN]] = -torch.inf
        rows = own.rows.clone()
        rows[new] = torch.multinomial((odds / _TEMPERATURE).softmax(-1), 1)[:, 0]
        yield Windows(rows, own.gaps, own.signs.masked_fill(new[..., None], 0), own.there)


def _say(teachers: Sequence[Teacher], shown: Windows) -> Tensor:
    """Return the chances that the teachers' mean gives for each word of the windows, in half precision: there are many."""
    numbers = torch.arange(len(shown.rows), device=shown.rows.device).split(_AT_ONCE)
    return torch.cat([chances_of(mean_log_chances(teachers, shown.at(chosen))).half() for chosen in numbers])


def _learn_pupil(  # noqa: PLR0913, PLR0917 - what a training is made of
    posts: Posts, pool: Pool, book: WordBook, context: Context, steps: int, progress: Callable[[str], None]
) -> TagNetwork:
    """Return the network that reads, learnt from marks and teachers."""
    torch.manual_seed(0)
    device = book.vectors.device
    pupil = TagNetwork(deepcopy(context), sign_count(), _DROPOUT).to(device).train()
    schedule = Schedule(pupil, _RATES, steps, _WARM_UP)
    for step in range(steps):
        own = torch.randint(0, len(posts.shown.rows), (_CORPUS,), device=device)
        others = torch.cat(
            [
                torch.randint(0, pool.changed, (_CHANGED,), device=device),
                torch.randint(pool.changed, len(pool.shown.rows), (_BATCH - _CORPUS - _CHANGED,), device=device),
            ]
        )
        shown = _together([posts.shown.at(own), pool.shown.at(others)])
        with quick(device):
            found = pupil(*inputs_of(hidden(shown, book, _HIDING), book)).float()
        schedule.step(_loss_of_step(found, posts, own, pool.chances[others], shown.there))
        if step % 100 == 0:
            progress(f"the network that reads: {step:,} / {steps:,}")
    return pupil.eval()


def _loss_of_step(found: Tensor, posts: Posts, own: Tensor, said: Tensor, there: Tensor) -> Tensor:
    """Return the loss of a step: of the marks, of what held-out teachers say of the same windows, and of what teachers say of the others."""
    count = len(own)
    marks = loss_of(found[:count].flatten(0, 1), posts.classes[own].flatten(0, 1))
    held_out = loss_of_chances(found[:count], posts.chances[own].float(), there[:count])
    return (1 - _HELD_OUT) * marks + _HELD_OUT * held_out + loss_of_chances(found[count:], said.float(), there[count:])


def loss_of_chances(found: Tensor, chances: Tensor, there: Tensor) -> Tensor:
    """Return how far log-odds are from chances, over the words that there are; fields count as far as a word is likely in a passage."""
    total = torch.zeros((), device=found.device)
    for name, columns in COLUMNS.items():
        loss = -(chances[..., columns] * found[..., columns].log_softmax(-1)).sum(-1)
        weight = there.float() if name == "tags" else there * (1 - chances[..., 0])
        mean = (loss * weight).sum() / weight.sum().clamp(min=1)
        total = total + (mean if name == "tags" else FIELD * mean)
    return total
