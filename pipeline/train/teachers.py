"""Teachers of the network that reads: larger networks of the same kind, some of which have not seen a part of the writers.

Comes in: lessons with their writers, the word table and the pretrained context. Goes out: the mean view of some teachers on any windows, and what
those say of each post that have not learnt from its writer. Refuses nothing.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

import torch

from pipeline.nlp.heads import COLUMNS, WIDTH_OF_ALL
from pipeline.nlp.stretches import windows
from pipeline.nlp.tagger import trust_in
from pipeline.train.device import quick
from pipeline.train.network import Size, TagNetwork
from pipeline.train.tagger import Schedule, loss_of
from pipeline.train.windowed import Hiding, cut_classes, cut_lessons, hidden, inputs_of, places_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from torch import Tensor

    from pipeline.train.network import Context
    from pipeline.train.tagger import Lesson
    from pipeline.train.windowed import Windows, WordBook

FOLDS = 3  # parts of the writers, each kept from one teacher: what a teacher says of what it has learnt is too sure
FULL = 3  # teachers of all writers; their mean is better than the best of them
STEPS = 640  # some fourteen rounds over the corpus; 55 seconds of a graphics processor, six teachers side by side
SIZE = Size(64, 192, 2)  # on the validation writers 0.04 more by words and 0.09 by stretches than the size that reads
_BATCH = 96
_RATES, _DROPOUT = (2e-3, 1e-3), 0.5  # as for a tagger that learns afresh
_HIDING = Hiding(0.3, 0.1)  # now and then no sign at all: unlabelled text will have none
_SEED_OF_FULL = 10


def learn_teacher(lessons: Sequence[Lesson], book: WordBook, context: Context, steps: int, seed: int) -> TagNetwork:
    """Return a teacher of the lessons, which goes on from a copy of the context."""
    torch.manual_seed(seed)
    device = book.vectors.device
    network = TagNetwork(deepcopy(context), lessons[0].seen.signs.shape[1], _DROPOUT, SIZE).to(device).train()
    places = places_of(lessons)
    shown, classes = cut_lessons(lessons, places, str(device)), cut_classes(lessons, places, str(device))
    schedule = Schedule(network, _RATES, steps)
    for chosen in _rounds(len(places), steps, device):
        with quick(device):
            found = network(*inputs_of(hidden(shown.at(chosen), book, _HIDING), book)).float()
        schedule.step(loss_of(found.flatten(0, 1), classes[chosen].flatten(0, 1)))
    return network.eval()


def _rounds(count: int, steps: int, device: torch.device) -> Iterator[Tensor]:
    """Yield the numbers of the windows of each step: all of them once, then all again."""
    done = 0
    while done < steps:
        for chosen in torch.randperm(count, device=device).split(_BATCH)[: steps - done]:
            yield chosen
            done += 1


def learn_full(lessons: Sequence[Lesson], book: WordBook, context: Context, steps: int, progress: Callable[[str], None]) -> list[TagNetwork]:
    """Return the teachers of all writers."""
    found = []
    for number in range(FULL):
        progress(f"teacher {FOLDS + number + 1} of {FOLDS + FULL}")
        found.append(learn_teacher(lessons, book, context, steps, _SEED_OF_FULL + number))
    return found


def held_out_chances(  # noqa: PLR0913, PLR0917 - what a training is made of
    lessons: Sequence[Lesson], writers: Sequence[str], book: WordBook, context: Context, steps: int, progress: Callable[[str], None]
) -> list[Tensor]:
    """Return for each lesson the chances (words x classes) that a teacher gives who has not learnt from its writer."""
    names = sorted(set(writers))
    found: dict[int, Tensor] = {}
    for fold in range(min(FOLDS, len(names))):
        progress(f"teacher {fold + 1} of {FOLDS + FULL}")
        held = set(names[fold::FOLDS])
        own = [lesson for lesson, writer in zip(lessons, writers, strict=True) if writer not in held]
        teacher = learn_teacher(own, book, context, steps, fold)
        found |= {number: _read(teacher, lessons[number], book) for number, writer in enumerate(writers) if writer in held}
    return [found[number] for number in range(len(lessons))]


def _read(teacher: TagNetwork, lesson: Lesson, book: WordBook) -> Tensor:
    """Return the chances of the words of a post, read as the tagger reads."""
    device = book.vectors.device
    total, weight = torch.zeros(len(lesson.seen), WIDTH_OF_ALL, device=device), torch.zeros(len(lesson.seen), 1, device=device)
    for start, end in windows(len(lesson.seen)):
        trust = torch.from_numpy(trust_in(end - start)).to(device)
        total[start:end] += mean_log_chances([teacher], cut_lessons([lesson], [(0, start, end)], str(device), end - start), book)[0] * trust
        weight[start:end] += trust
    return chances_of(total / weight)


def mean_log_chances(teachers: Sequence[TagNetwork], shown: Windows, book: WordBook) -> Tensor:
    """Return the mean of the teachers' log-chances (windows x words x classes)."""
    inputs = inputs_of(shown, book)
    total = torch.zeros((), device=book.vectors.device)
    for teacher in teachers:
        with torch.no_grad(), quick(book.vectors.device):
            found = teacher(*inputs).float()
        total = total + torch.cat([found[..., columns].log_softmax(-1) for columns in COLUMNS.values()], -1)
    return total / len(teachers)


def chances_of(log_chances: Tensor) -> Tensor:
    """Return chances that are one in sum for each head."""
    return torch.cat([log_chances[..., columns].softmax(-1) for columns in COLUMNS.values()], -1)
