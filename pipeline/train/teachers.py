"""Teachers of the network that reads: larger and deep networks, some of which have not seen a part of the writers.

Comes in: lessons with their writers, and the pretrained networks that guess hidden words. Goes out: the mean view of some teachers on any
windows, and what those say of each post that have not learnt from its writer. Refuses nothing.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, NamedTuple

import torch

from pipeline.nlp.heads import COLUMNS, WIDTH_OF_ALL
from pipeline.nlp.stretches import windows
from pipeline.nlp.tagger import trust_in
from pipeline.train.deep import DeepContext, DeepTagNetwork
from pipeline.train.device import quick
from pipeline.train.network import Size, TagNetwork
from pipeline.train.tagger import Schedule, loss_of
from pipeline.train.windowed import Hiding, WordBook, cut_classes, cut_lessons, hidden, inputs_of, places_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from torch import Tensor

    from pipeline.train.pretrain import Guesser
    from pipeline.train.tagger import Lesson
    from pipeline.train.windowed import Windows

FOLDS = 3  # parts of the writers, each kept from one teacher of each kind: what a teacher says of what it has learnt is too sure
FULL = 3  # deep teachers of all writers; their mean is better than the best of them
TEACHERS = 2 * FOLDS + FULL
STEPS = 640  # some fourteen rounds over the corpus; 55 seconds of a graphics processor, six teachers side by side
SIZE = Size(64, 192, 2)  # on the validation writers 0.04 more by words and 0.09 by stretches than the size that reads
_SEED_OF_FULL = 10


class Way(NamedTuple):
    """How a kind of teacher learns: windows of a step, rates of what is new and of what is not, share left out at a time, what is hidden."""

    batch: int
    rates: tuple[float, float]
    dropout: float
    hiding: Hiding


LARGER = Way(96, (2e-3, 1e-3), 0.5, Hiding(0.3, 0.1))  # as for a tagger that learns afresh; unlabelled text will have no sign at all
DEEP = Way(64, (1e-3, 2.5e-4), 0.3, Hiding(0.2, 0.1))
_DROPOUT_OF_LAYERS = 0.1


class Teacher(NamedTuple):
    """A network and the vectors that it reads with."""

    network: TagNetwork
    book: WordBook


def learn_teacher(lessons: Sequence[Lesson], guesser: Guesser, shapes: Tensor, steps: int, seed: int) -> Teacher:
    """Return a teacher of the lessons, which goes on from a copy of the guesser's context; `shapes` are those of the words, on the device."""
    torch.manual_seed(seed)
    device = shapes.device
    way = DEEP if isinstance(guesser.context, DeepContext) else LARGER
    teacher = _beginner(guesser, lessons[0].seen.signs.shape[1], way, shapes)
    places = places_of(lessons)
    shown, classes = cut_lessons(lessons, places, str(device)), cut_classes(lessons, places, str(device))
    schedule = Schedule(teacher.network.train(), way.rates, steps)
    for chosen in _rounds(len(places), steps, way.batch, device):
        with quick(device):
            found = teacher.network(*inputs_of(hidden(shown.at(chosen), teacher.book, way.hiding), teacher.book)).float()
        schedule.step(loss_of(found.flatten(0, 1), classes[chosen].flatten(0, 1)))
    return Teacher(teacher.network.eval(), teacher.book)


def _beginner(guesser: Guesser, signs: int, way: Way, shapes: Tensor) -> Teacher:
    """Return a teacher that has learnt nothing yet. A deep one learns its vectors as well."""
    context, vectors = deepcopy(guesser.context), guesser.vectors.weight.detach()
    if isinstance(context, DeepContext):
        deep = DeepTagNetwork(context, vectors, signs, way.dropout, _DROPOUT_OF_LAYERS).to(shapes.device)
        return Teacher(deep, WordBook(deep.vectors, shapes))
    return Teacher(TagNetwork(context, signs, way.dropout, SIZE).to(shapes.device), WordBook(vectors.to(shapes.device), shapes))


def _rounds(count: int, steps: int, batch: int, device: torch.device) -> Iterator[Tensor]:
    """Yield the numbers of the windows of each step: all of them once, then all again."""
    done = 0
    while done < steps:
        for chosen in torch.randperm(count, device=device).split(batch)[: steps - done]:
            yield chosen
            done += 1


def learn_full(lessons: Sequence[Lesson], guesser: Guesser, shapes: Tensor, steps: int, progress: Callable[[str], None]) -> list[Teacher]:
    """Return the teachers of all writers."""
    found = []
    for number in range(FULL):
        progress(f"teacher {2 * FOLDS + number + 1} of {TEACHERS}")
        found.append(learn_teacher(lessons, guesser, shapes, steps, _SEED_OF_FULL + number))
    return found


def held_out_chances(  # noqa: PLR0913, PLR0917 - what a training is made of
    lessons: Sequence[Lesson],
    writers: Sequence[str],
    guessers: Sequence[Guesser],
    shapes: Tensor,
    steps: int,
    progress: Callable[[str], None],
) -> list[Tensor]:
    """Return for each lesson the chances (words x classes) in the mean of teachers, one of each kind, who have not learnt from its writer."""
    names = sorted(set(writers))
    found: dict[int, Tensor] = {}
    for fold in range(min(FOLDS, len(names))):
        held = set(names[fold::FOLDS])
        own = [lesson for lesson, writer in zip(lessons, writers, strict=True) if writer not in held]
        teachers = []
        for kind, guesser in enumerate(guessers):
            progress(f"teacher {fold * len(guessers) + kind + 1} of {TEACHERS}")
            teachers.append(learn_teacher(own, guesser, shapes, steps, fold))
        found |= {number: _read(teachers, lessons[number]) for number, writer in enumerate(writers) if writer in held}
    return [found[number] for number in range(len(lessons))]


def _read(teachers: Sequence[Teacher], lesson: Lesson) -> Tensor:
    """Return the chances of the words of a post, read as the tagger reads."""
    device = teachers[0].book.shapes.device
    total, weight = torch.zeros(len(lesson.seen), WIDTH_OF_ALL, device=device), torch.zeros(len(lesson.seen), 1, device=device)
    for start, end in windows(len(lesson.seen)):
        trust = torch.from_numpy(trust_in(end - start)).to(device)
        total[start:end] += mean_log_chances(teachers, cut_lessons([lesson], [(0, start, end)], str(device), end - start))[0] * trust
        weight[start:end] += trust
    return chances_of(total / weight)


def mean_log_chances(teachers: Sequence[Teacher], shown: Windows) -> Tensor:
    """Return the mean of the teachers' log-chances (windows x words x classes)."""
    total = torch.zeros((), device=shown.rows.device)
    for network, book in teachers:
        with torch.no_grad(), quick(shown.rows.device):
            found = network(*inputs_of(shown, book)).float()
        total = total + torch.cat([found[..., columns].log_softmax(-1) for columns in COLUMNS.values()], -1)
    return total / len(teachers)


def chances_of(log_chances: Tensor) -> Tensor:
    """Return chances that are one in sum for each head."""
    return torch.cat([log_chances[..., columns].softmax(-1) for columns in COLUMNS.values()], -1)
