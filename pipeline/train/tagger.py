"""Learn the tagger from labelled posts, starting from pretrained context.

Comes in: what the tagger sees of each post, and the tag of each word. Goes out: a trained `TagNetwork`. Refuses nothing.
The vectors of the words stay as they were pretrained; the context is learnt on more slowly than what is new.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch
from torch import nn

from pipeline.labels import label_ids
from pipeline.nlp.heads import COLUMNS, HEADS, TAGS
from pipeline.nlp.stretches import GAPS, UNSEEN, windows
from pipeline.nlp.word_table import FIRST_KNOWN, HIDDEN, WordTable
from pipeline.train.network import TagNetwork
from pipeline.train.pretrain import shapes_of
from pipeline.train.truths import NO_CLASS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray
    from torch import Tensor

    from pipeline.labelled import GoldSpan
    from pipeline.nlp.stretches import Seen
    from pipeline.train.network import Context
    from pipeline.train.pretrained import Weights

WINDOW, WINDOW_OVERLAP, _BATCH = 192, 64, 24  # words of a window, words that two of them share, and windows of a step
WARM_UP = 50  # steps
_SMOOTH = 0.05
HIDE_WORD, HIDE_GAP, HIDE_SIGN, AS_SHAPE = 0.3, 0.08, 0.15, 0.1  # a writer not seen before uses other words
_OUTSIDE, _BEGIN, _CONTINUE = 1.0, 2.0, 1.5  # weights of the tags: few words begin a passage
_LEARNT_BEFORE = ("context.", "vectors")  # parts of a network, by the names of their weights
FIELD = 0.25  # weight of the fields beside the tags


class Way(NamedTuple):
    """How to learn: rounds over the posts, rate of what is new and of the context, share of the network that is left out at a time."""

    rounds: int
    rate: float
    context_rate: float
    dropout: float


AFRESH = Way(12, 2e-3, 1e-3, 0.5)
ONWARDS = Way(1, 3e-4, 1.5e-4, 0.4)  # for a network that was taught before


class Lesson(NamedTuple):
    """A post as the tagger sees it, and the number of each word's class for each head (words x heads), `NO_CLASS` where nobody said it."""

    seen: Seen
    tags: NDArray[np.int64]


def tags_of(seen: Seen, marks: Sequence[GoldSpan]) -> NDArray[np.int64]:
    """Return the tag of each word; a word belongs to the mark that holds its middle. Marks count code points of the Doc's text."""
    tags = np.zeros(len(seen), np.int64)
    middle = (seen.starts + seen.ends) / 2
    for mark in marks:
        held = np.flatnonzero((middle > mark.span.start) & (middle < mark.span.end))
        if len(held):
            tags[held] = TAGS.index(f"continues {mark.label}")
            tags[held[0]] = TAGS.index(f"begins {mark.label}")
    return tags


def learn_tagger(  # noqa: PLR0913 - what a training is made of
    lessons: Sequence[Lesson],
    table: WordTable,
    context: Context,
    *,
    start: Weights | None = None,
    way: Way | None = None,
    seed: int = 0,
    progress: Callable[[str], None] = lambda _: None,
) -> TagNetwork:
    """Return a network learnt from the posts; `context` is changed. The same seed gives the same network on one machine.

    `start` are weights of the layers behind the context, from which a network that was taught before goes on.
    """
    way = way or (ONWARDS if start else AFRESH)
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    network = TagNetwork(context, lessons[0].seen.signs.shape[1], way.dropout).train()
    if start:
        network.load_state_dict({name: torch.from_numpy(np.array(weight)) for name, weight in start.items()}, strict=False)
    places = [(lesson, *window) for lesson in lessons for window in windows(len(lesson.seen), WINDOW, WINDOW_OVERLAP)]
    schedule = Schedule(network, (way.rate, way.context_rate), way.rounds * math.ceil(len(places) / _BATCH))
    vectors, shapes = table.vectors.astype(np.float32), shapes_of(list(table.words))
    for number in range(way.rounds):
        order = random.permutation(len(places))
        for first in range(0, len(order), _BATCH):
            inputs, tags = _batch([places[place] for place in order[first : first + _BATCH]], vectors, shapes, random)
            found = network(*inputs)
            schedule.step(loss_of(found.reshape(-1, found.shape[-1]), tags))
        progress(f"tagger, round {number + 1} of {way.rounds}")
    return network.eval()


def loss_of(found: Tensor, tags: Tensor) -> Tensor:
    """Return the loss of the tags and, where there are any, of the fields."""
    weights = torch.tensor([_OUTSIDE, *[_BEGIN] * len(label_ids()), *[_CONTINUE] * len(label_ids())], device=found.device)
    total = torch.zeros((), device=found.device)
    for number, name in enumerate(HEADS):
        wanted = tags[:, number]
        if bool((wanted != NO_CLASS).any()):
            own = found[:, COLUMNS[name]]
            loss = nn.functional.cross_entropy(own, wanted, weights if name == "tags" else None, ignore_index=NO_CLASS, label_smoothing=_SMOOTH)
            total = total + (loss if name == "tags" else FIELD * loss)
    return total


class Schedule:
    """Steps of learning whose rate rises shortly and then falls to nothing; the context learns at a rate of its own."""

    def __init__(self, network: TagNetwork, rates: tuple[float, float], steps: int, warm_up: int = WARM_UP) -> None:
        """Keep the network that is to learn in so many steps; `rates` are that of what is new and that of the context."""
        named = list(network.named_parameters())
        slow = [weight for name, weight in named if name.startswith(_LEARNT_BEFORE)]
        new = [weight for name, weight in named if not name.startswith(_LEARNT_BEFORE)]
        self._rates = rates
        self._optimizer = torch.optim.AdamW([{"params": new}, {"params": slow}], weight_decay=0.02)
        self._network, self._steps, self._warm_up, self._done = network, steps, warm_up, 0

    def step(self, loss: Tensor) -> None:
        """Learn from one loss."""
        share = min(1.0, self._done / self._warm_up) * 0.5 * (1 + math.cos(math.pi * self._done / self._steps))
        for group, rate in zip(self._optimizer.param_groups, self._rates, strict=True):
            group["lr"] = rate * share
        self._optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self._network.parameters(), 1.0)
        self._optimizer.step()
        self._done += 1


def _batch(
    places: Sequence[tuple[Lesson, int, int]], vectors: NDArray[np.float32], shapes: NDArray[np.int64], random: np.random.Generator
) -> tuple[tuple[Tensor, Tensor, Tensor], Tensor]:
    """Return the inputs of some windows, a part of them hidden, and the classes of their words, one behind the other."""
    longest = max(end - start for _, start, end in places)
    rows = np.zeros((len(places), longest), np.int64)
    gaps = np.zeros((len(places), longest, GAPS), np.float32)
    signs = np.zeros((len(places), longest, places[0][0].seen.signs.shape[1]), np.float32)
    tags = np.full((len(places), longest, len(HEADS)), NO_CLASS)
    for number, (lesson, start, end) in enumerate(places):
        size, seen = end - start, lesson.seen
        own = seen.rows[start:end]
        own = np.where((own >= FIRST_KNOWN) & (random.random(size) < AS_SHAPE), shapes[own], own)
        rows[number, :size] = np.where(random.random(size) < HIDE_WORD, HIDDEN, own)
        gaps[number, np.arange(size), np.where(random.random(size) < HIDE_GAP, UNSEEN, seen.gaps[start:end])] = 1
        signs[number, :size] = seen.signs[start:end] * (random.random((size, signs.shape[2])) > HIDE_SIGN)
        tags[number, :size] = lesson.tags[start:end]
    seen_vectors = vectors[rows] * (np.arange(longest) < np.array([[end - start] for _, start, end in places]))[:, :, None]
    return (torch.from_numpy(seen_vectors), torch.from_numpy(gaps), torch.from_numpy(signs)), torch.from_numpy(tags.reshape(-1, len(HEADS)))
