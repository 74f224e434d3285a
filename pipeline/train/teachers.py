"""Teachers of the networks that read: larger recurrent networks and deep ones, some of which have not seen a part of the writers.

Comes in: lessons with their writers, and the pretrained networks that guess hidden words. Goes out: the mean view of some teachers on any
windows, and what those say of each post that have not learnt from its writer. Refuses nothing.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, NamedTuple

import torch

from pipeline.nlp.heads import COLUMNS, WIDTH_OF_ALL
from pipeline.nlp.stretches import sign_count, windows
from pipeline.nlp.tagger import DEEP_LOOK, LOOK, trust_in
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
FULL = 3  # teachers of each kind that know all writers; their mean is better than the best of them
TEACHERS = 2 * (FOLDS + FULL)
SIZE = Size(64, 192, 2)  # on the validation writers 0.04 more by words and 0.09 by stretches than the size that reads
_SEED_OF_FULL = 10
_DROPOUT_OF_LAYERS = 0.1


class Way(NamedTuple):
    """How a kind of teacher learns: steps, windows of each, rates of what is new and of what is not, share left out at a time, what is hidden."""

    steps: int
    batch: int
    rates: tuple[float, float]
    dropout: float
    hiding: Hiding

    def shortened(self, share: float) -> Way:
        """Return the way with a share of its steps."""
        return self._replace(steps=max(1, round(share * self.steps)))


LARGER_WAY = Way(820, 96, (2e-3, 1e-3), 0.5, Hiding(0.3, 0.1))  # as for a tagger that learns afresh; unlabelled text will have no sign at all
DEEP_WAY = Way(800, 64, (1e-3, 2.5e-4), 0.3, Hiding(0.2, 0.1))


class Kind(NamedTuple):
    """A kind of teacher: the network that guesses hidden words, from a copy of whose context it goes on, and the way in which it learns."""

    guesser: Guesser
    way: Way


class Teacher(NamedTuple):
    """A network and the vectors that it reads with."""

    network: TagNetwork
    book: WordBook


def learn_teacher(lessons: Sequence[Lesson], kind: Kind, shapes: Tensor, seed: int) -> Teacher:
    """Return a teacher of the lessons; `shapes` are those of the words, on the device."""
    torch.manual_seed(seed)
    device, way = shapes.device, kind.way
    teacher = _beginner(kind, shapes)
    places = places_of(lessons)
    shown, classes = cut_lessons(lessons, places, str(device)), cut_classes(lessons, places, str(device))
    schedule = Schedule(teacher.network.train(), way.rates, way.steps)
    for chosen in _rounds(len(places), way.steps, way.batch, device):
        with quick(device):
            found = teacher.network(*inputs_of(hidden(shown.at(chosen), teacher.book, way.hiding), teacher.book)).float()
        schedule.step(loss_of(found.flatten(0, 1), classes[chosen].flatten(0, 1)))
    return Teacher(teacher.network.eval(), teacher.book)


def _beginner(kind: Kind, shapes: Tensor) -> Teacher:
    """Return a teacher that has learnt nothing yet."""
    guesser, dropout = kind.guesser, kind.way.dropout
    if isinstance(guesser.context, DeepContext):
        return deep_teacher(deep_beginner(guesser, dropout), shapes)
    network = TagNetwork(deepcopy(guesser.context), sign_count(), dropout, SIZE).to(shapes.device)
    return Teacher(network, WordBook(guesser.vectors.weight.detach(), shapes))


def deep_beginner(guesser: Guesser, dropout: float) -> DeepTagNetwork:
    """Return a deep network that goes on from a copy of the guesser's context and vectors, and has not learnt anything of passages yet."""
    context, vectors = deepcopy(guesser.context), guesser.vectors.weight.detach()
    return DeepTagNetwork(context, vectors, sign_count(), dropout, _DROPOUT_OF_LAYERS).to(vectors.device)


def deep_teacher(network: DeepTagNetwork, shapes: Tensor) -> Teacher:
    """Return a deep network with the vectors of its own, which it learns as well."""
    return Teacher(network, WordBook(network.vectors, shapes))


def _rounds(count: int, steps: int, batch: int, device: torch.device) -> Iterator[Tensor]:
    """Yield the numbers of the windows of each step: all of them once, then all again."""
    done = 0
    while done < steps:
        for chosen in torch.randperm(count, device=device).split(batch)[: steps - done]:
            yield chosen
            done += 1


def learn_full(lessons: Sequence[Lesson], kinds: Sequence[Kind], shapes: Tensor, progress: Callable[[str], None]) -> list[Teacher]:
    """Return the teachers of all writers, of each kind."""
    found: list[Teacher] = []
    for kind in kinds:
        for number in range(FULL):
            progress(f"teacher {len(kinds) * FOLDS + len(found) + 1} of {TEACHERS}")
            found.append(learn_teacher(lessons, kind, shapes, _SEED_OF_FULL + number))
    return found


def held_out_chances(
    lessons: Sequence[Lesson], writers: Sequence[str], kinds: Sequence[Kind], shapes: Tensor, progress: Callable[[str], None]
) -> list[Tensor]:
    """Return for each lesson the chances (words x classes) in the mean of teachers, one of each kind, who have not learnt from its writer."""
    names = sorted(set(writers))
    found: dict[int, Tensor] = {}
    for fold in range(min(FOLDS, len(names))):
        held = set(names[fold::FOLDS])
        own = [lesson for lesson, writer in zip(lessons, writers, strict=True) if writer not in held]
        teachers = []
        for number, kind in enumerate(kinds, 1):
            progress(f"teacher {fold * len(kinds) + number} of {TEACHERS}")
            teachers.append(learn_teacher(own, kind, shapes, fold))
        found |= {number: chances_in(teachers, lessons[number]) for number, writer in enumerate(writers) if writer in held}
    return [found[number] for number in range(len(lessons))]


def chances_in(teachers: Sequence[Teacher], lesson: Lesson) -> Tensor:
    """Return the chances of the words of a post in the mean of the teachers, each of which reads as the tagger of its kind does."""
    found = [_log_chances_in(teacher, lesson) for teacher in teachers]
    return chances_of(torch.stack(found).mean(0))


def _log_chances_in(teacher: Teacher, lesson: Lesson) -> Tensor:
    device = teacher.book.shapes.device
    look = DEEP_LOOK if isinstance(teacher.network, DeepTagNetwork) else LOOK
    total, weight = torch.zeros(len(lesson.seen), WIDTH_OF_ALL, device=device), torch.zeros(len(lesson.seen), 1, device=device)
    for start, end in windows(len(lesson.seen), *look):
        trust = torch.from_numpy(trust_in(end - start)).to(device)
        total[start:end] += mean_log_chances([teacher], cut_lessons([lesson], [(0, start, end)], str(device), end - start))[0] * trust
        weight[start:end] += trust
    return total / weight


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
