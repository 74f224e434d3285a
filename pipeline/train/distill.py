"""Teach networks by larger ones: from several teachers learns one deep network that reads, and from it alone the small one.

Comes in: pretrained words, the unlabelled text, lessons with their writers. Goes out: the deep network, and a `TagNetwork` from which every tagger
goes on. Refuses nothing. The corpus is small for what a network can hold; a teacher's view of text that nobody marked makes more of it.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, NamedTuple

import torch

from pipeline.nlp.heads import COLUMNS
from pipeline.nlp.stretches import sign_count
from pipeline.train.deep import DEPTH
from pipeline.train.device import quick
from pipeline.train.network import TagNetwork
from pipeline.train.pool import Posts, Sizes, cut_chances, pool_of, together
from pipeline.train.pretrain import DEEP, pretrain_deep
from pipeline.train.tagger import FIELD, Schedule, loss_of
from pipeline.train.teachers import DEEP_WAY, LARGER_WAY, Kind, Teacher, chances_in, deep_beginner, deep_teacher, held_out_chances, learn_full
from pipeline.train.windowed import Hiding, cut_classes, cut_lessons, hidden, inputs_of, places_of, word_book

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from torch import Tensor

    from pipeline.train.deep import DeepTagNetwork, Depth
    from pipeline.train.pool import Pool
    from pipeline.train.pretrain import Plan, Pretrained, Unlabelled
    from pipeline.train.tagger import Lesson
    from pipeline.train.teachers import Way

_TOLD = 0.3  # weight of the teachers' chances beside the marks
_WARM_UP = 100


class Course(NamedTuple):
    """How a pupil learns: who it is, steps, windows of a step (of the corpus, changed, unlabelled), sizes of the pool of the last two.

    Then the rates of what is new and of what is not, the share that is left out at a time, and what is hidden.
    """

    pupil: str
    steps: int
    windows: tuple[int, int, int]
    sizes: Sizes
    rates: tuple[float, float]
    dropout: float
    hiding: Hiding

    def shortened(self, share: float) -> Course:
        """Return the course with a share of its steps and of its pool."""
        return self._replace(steps=max(1, round(share * self.steps)), sizes=self.sizes.shortened(share))


class Recipe(NamedTuple):
    """How the deep network guesses words, how either kind of teacher learns, and how the two networks that read do."""

    guessing: Plan
    larger: Way
    deep: Way
    deep_reader: Course
    reader: Course

    def shortened(self, share: float) -> Recipe:
        """Return a share of the recipe."""
        teachers = self.larger.shortened(share), self.deep.shortened(share)
        return Recipe(self.guessing.shortened(share), *teachers, self.deep_reader.shortened(share), self.reader.shortened(share))

    def told(self) -> dict[str, int | dict[str, int]]:
        """Return the steps of each part and the sizes of the pools, for a card."""
        found: dict[str, int | dict[str, int]] = {"guessing deep": self.guessing.passes[0]}
        found |= {"a recurrent teacher": self.larger.steps, "a deep teacher": self.deep.steps}
        return found | {course.pupil: {"steps": course.steps, **course.sizes._asdict()} for course in (self.deep_reader, self.reader)}


class Readers(NamedTuple):
    """What comes of it: the deep network that reads with the vectors that it has learnt, and the small one."""

    deep: DeepTagNetwork
    small: TagNetwork


DEEP_READER = Course("the deep network", 1_500, (64, 48, 16), Sizes(8, 7_680, 1_280), (1e-3, 2.5e-4), 0.3, Hiding(0.2, 0.05))
# More is hidden than from the deep one: hiding less reads the validation writers better, and real texts off the genre worse.
READER = Course("the network that reads", 2_900, (64, 32, 32), Sizes(4, 10_240, 3_840), (2e-3, 1e-3), 0.4, Hiding(0.35, 0.05))
WHOLE = Recipe(DEEP, LARGER_WAY, DEEP_WAY, DEEP_READER, READER)


def distill(  # noqa: PLR0913 - what a training is made of
    found: Pretrained,
    text: Unlabelled,
    lessons: Sequence[Lesson],
    writers: Sequence[str],
    *,
    recipe: Recipe = WHOLE,
    depth: Depth = DEPTH,
    device: str = "cpu",
    progress: Callable[[str], None] = lambda _: None,
) -> Readers:
    """Return the deep network that teachers of both kinds taught, and the small one that it taught."""
    book = word_book(found.table, device)
    deep = pretrain_deep(text, found, recipe.guessing, depth, device, progress).to(device)
    small = deepcopy(found.guesser).to(device)
    kinds = [Kind(small, recipe.larger), Kind(deep, recipe.deep)]
    places = places_of(lessons)
    told = held_out_chances(lessons, writers, kinds, book.shapes, progress)
    posts = Posts(cut_lessons(lessons, places, device), cut_classes(lessons, places, device), cut_chances(told, places, device))
    teachers = learn_full(lessons, kinds, book.shapes, progress)
    progress("what the teachers say of changed and of unlabelled text")
    pool = pool_of(posts.shown, text, recipe.deep_reader.sizes, deep, teachers)
    network = deep_beginner(deep, recipe.deep_reader.dropout)
    reader = deep_teacher(network, book.shapes)
    _learn(reader, posts, pool, recipe.deep_reader, progress)
    progress("what the deep network says of the posts, of changed and of unlabelled text")
    posts = posts._replace(chances=cut_chances([chances_in([reader], lesson) for lesson in lessons], places, device))
    pool = pool_of(posts.shown, text, recipe.reader.sizes, small, [reader])
    pupil = TagNetwork(deepcopy(small.context), sign_count(), recipe.reader.dropout).to(device)
    _learn(Teacher(pupil, book), posts, pool, recipe.reader, progress)
    return Readers(network.cpu(), pupil.cpu())


def _learn(pupil: Teacher, posts: Posts, pool: Pool, course: Course, progress: Callable[[str], None]) -> None:
    """Let the pupil learn from the marks and from what its teachers say."""
    torch.manual_seed(0)
    device = pupil.book.vectors.device
    of_corpus, of_changed, of_text = course.windows
    schedule = Schedule(pupil.network.train(), course.rates, course.steps, _WARM_UP)
    for step in range(course.steps):
        own = torch.randint(0, len(posts.shown.rows), (of_corpus,), device=device)
        changed = torch.randint(0, pool.changed, (of_changed,), device=device)
        others = torch.cat([changed, torch.randint(pool.changed, len(pool.shown.rows), (of_text,), device=device)])
        shown = together([posts.shown.at(own), pool.shown.at(others)])
        with quick(device):
            found = pupil.network(*inputs_of(hidden(shown, pupil.book, course.hiding), pupil.book)).float()
        schedule.step(_loss_of_step(found, posts, own, pool.chances[others], shown.there))
        if step % 100 == 0:
            progress(f"{course.pupil}: {step:,} / {course.steps:,}")
    pupil.network.eval()


def _loss_of_step(found: Tensor, posts: Posts, own: Tensor, said: Tensor, there: Tensor) -> Tensor:
    """Return the loss of a step: of the marks, and of what teachers say of the same windows and of the others."""
    count = len(own)
    marks = loss_of(found[:count].flatten(0, 1), posts.classes[own].flatten(0, 1))
    told = loss_of_chances(found[:count], posts.chances[own].float(), there[:count])
    return (1 - _TOLD) * marks + _TOLD * told + loss_of_chances(found[count:], said.float(), there[count:])


def loss_of_chances(found: Tensor, chances: Tensor, there: Tensor) -> Tensor:
    """Return how far log-odds are from chances, over the words that there are; fields count as far as a word is likely in a passage."""
    total = torch.zeros((), device=found.device)
    for name, columns in COLUMNS.items():
        loss = -(chances[..., columns] * found[..., columns].log_softmax(-1)).sum(-1)
        weight = there.float() if name == "tags" else there * (1 - chances[..., 0])
        mean = (loss * weight).sum() / weight.sum().clamp(min=1)
        total = total + (mean if name == "tags" else FIELD * mean)
    return total
