"""Learn word vectors and their context from unlabelled Thai text: hidden words are to be guessed from what stands round them.

Comes in: lines of text, a blank one between texts. Goes out: the word table and the layers of context, from which every tagger starts. Refuses
a text of too few words. Whether a blank stands before a word is to be guessed too: in Thai it is blanks that part clauses.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch
from torch import nn

from pipeline.errors import SettingsError
from pipeline.languages.th.tokens import words_of
from pipeline.nlp.stretches import GAPS, GLUED, LINE, SPACE, UNSEEN
from pipeline.nlp.word_table import FIRST_KNOWN, HIDDEN, WordTable, plain_number, shape_row, word_table
from pipeline.train.network import WIDTH, Context

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray
    from torch import Tensor

STEPS = 7_000
_WORDS, _TEXTS = 128, 64  # of one step
_OTHERS = 3_072  # words that a hidden one is told apart from in one step
_HIDDEN, _HIDDEN_GAPS, _SHOWN_ALL_THE_SAME = 0.18, 0.15, 0.15
_RATE, _WARM_UP, _LAST_RATE = 2e-3, 200, 0.03
_RARE, _RARE_AS_SHAPE, _AS_SHAPE = 40, 0.3, 0.02  # rare words are often shown as their shape, so that shapes learn from them
_KNOWN_FROM = 12  # times that a word must stand in the text to have a row of its own
_LONGEST_LINE = 5_000
_FEWEST = _WORDS * _TEXTS


class Unlabelled(NamedTuple):
    """A text as rows of the word table and the gap before each word, and how often each row occurs."""

    rows: NDArray[np.int32]
    gaps: NDArray[np.int8]
    counts: NDArray[np.int64]
    words: list[str]


class Pretrained(NamedTuple):
    """The word table, the layers of context that go with it, and the mean loss of the last hundred steps."""

    table: WordTable
    context: Context
    loss: float


def read_unlabelled(lines: Iterable[str], known: Iterable[str] = ()) -> Unlabelled:
    """Return the text as numbers; words that occur often, and those of `known`, get rows of their own."""
    numbers: dict[str, int] = {}
    found: list[int] = []
    gaps: list[int] = []
    for line in lines:
        gap = LINE
        for word in words_of(line.rstrip("\n")[:_LONGEST_LINE]):
            if word.isspace():
                gap = max(gap, SPACE)
                continue
            found.append(numbers.setdefault(plain_number(word), len(numbers)))
            gaps.append(gap)
            gap = GLUED
    if len(found) < _FEWEST:
        raise SettingsError(
            en=f"lessons pretrain: the text must have at least {_FEWEST:,} words. Got {len(found):,}. Name more text.",
            th=f"lessons pretrain: ข้อความต้องมีอย่างน้อย {_FEWEST:,} คำ แต่พบ {len(found):,} คำ โปรดเพิ่มข้อความ",
        )
    counts = Counter(found)
    often = [word for word, number in numbers.items() if counts[number] >= _KNOWN_FROM]
    words = sorted(often, key=lambda word: (-counts[numbers[word]], word)) + sorted(set(map(plain_number, known)) - set(often))
    rows = {word: row for row, word in enumerate(words, FIRST_KNOWN)}
    row_of = np.array([rows.get(word) or shape_row(word) for word in numbers], np.int32)
    read = row_of[np.array(found)]
    return Unlabelled(read, np.array(gaps, np.int8), np.bincount(read, minlength=FIRST_KNOWN + len(words)), words)


class _Guesser(nn.Module):
    """Guess hidden words and hidden gaps."""

    def __init__(self, rows: int) -> None:
        super().__init__()
        self.vectors = nn.Embedding(rows, WIDTH)
        nn.init.normal_(self.vectors.weight, std=0.1)
        self.context = Context()
        self.word = nn.Linear(WIDTH, WIDTH)
        self.gap = nn.Linear(WIDTH, GAPS - 1)
        self.often = nn.Parameter(torch.zeros(rows))

    def losses(self, shown: _Step, others: Tensor, log_chance: Tensor) -> tuple[Tensor, Tensor]:
        """Return the loss of the hidden words, each told apart from `others`, and of the hidden gaps."""
        seen = self.context(self.vectors(shown.rows), nn.functional.one_hot(shown.gaps, GAPS).float()).reshape(-1, WIDTH)
        asked = self.word(seen[shown.hidden])
        right = (asked * self.vectors(shown.words)).sum(-1) + self.often[shown.words] - log_chance[shown.words]
        wrong = asked @ self.vectors(others).T + self.often[others] - log_chance[others]
        wrong = wrong.masked_fill(others[None, :] == shown.words[:, None], -1e4)
        word_loss = nn.functional.cross_entropy(torch.cat([right[:, None], wrong], 1), torch.zeros(len(asked), dtype=torch.long))
        return word_loss, nn.functional.cross_entropy(self.gap(seen[shown.hidden_gaps]), shown.true_gaps)


class _Step(NamedTuple):
    """One step's texts with words and gaps hidden, where they are hidden, and what stands there."""

    rows: Tensor
    gaps: Tensor
    hidden: Tensor
    words: Tensor
    hidden_gaps: Tensor
    true_gaps: Tensor


def pretrain(text: Unlabelled, steps: int = STEPS, seed: int = 1, progress: Callable[[str], None] = lambda _: None) -> Pretrained:
    """Return vectors and context learnt from the text in so many steps; about half an hour on two cores for the default."""
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    model = _Guesser(len(text.counts))
    optimizer = torch.optim.AdamW(model.parameters(), lr=_RATE, weight_decay=0.01, betas=(0.9, 0.98))
    chance = np.where(np.arange(len(text.counts)) > HIDDEN, text.counts, 0) ** 0.75
    cumulated = np.cumsum(chance / chance.sum())
    log_chance = torch.tensor(np.log(_OTHERS * chance / chance.sum() + 1e-9), dtype=torch.float32)
    places = random.permutation(len(text.rows) // _WORDS)
    lately: list[float] = []
    for step in range(steps):
        chosen = places[np.arange(step * _TEXTS, (step + 1) * _TEXTS) % len(places)]
        others = torch.from_numpy(np.unique(np.searchsorted(cumulated, random.random(_OTHERS)).clip(0, len(chance) - 1)))
        word_loss, gap_loss = model.losses(_hide(text, chosen, random), others, log_chance)
        for group in optimizer.param_groups:
            group["lr"] = _RATE * min(1.0, (step + 1) / _WARM_UP) * max(_LAST_RATE, 1 - step / steps)
        optimizer.zero_grad()
        (word_loss + 0.5 * gap_loss).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        lately = [*lately[-99:], float(word_loss.detach())]
        if step % 100 == 0:
            progress(f"{step:,} / {steps:,}")
    vectors = model.vectors.weight.detach().numpy().astype(np.float16)
    return Pretrained(word_table(text.words, vectors), model.context, sum(lately) / len(lately))


def _hide(text: Unlabelled, chosen: NDArray[np.int64], random: np.random.Generator) -> _Step:
    place = chosen[:, None] * _WORDS + np.arange(_WORDS)
    words, gaps = text.rows[place].astype(np.int64), text.gaps[place].astype(np.int64)
    as_shape = random.random(words.shape) < np.where(text.counts[words] < _RARE, _RARE_AS_SHAPE, _AS_SHAPE)
    hidden, hidden_gaps = random.random(words.shape) < _HIDDEN, random.random(words.shape) < _HIDDEN_GAPS
    shown = np.where(as_shape, _shapes(text)[words], words)
    shown = np.where(hidden & (random.random(words.shape) >= _SHOWN_ALL_THE_SAME), HIDDEN, shown)
    arrays = (shown, np.where(hidden_gaps, UNSEEN, gaps), np.flatnonzero(hidden), words[hidden], np.flatnonzero(hidden_gaps), gaps[hidden_gaps])
    return _Step(*map(torch.from_numpy, arrays))


def _shapes(text: Unlabelled) -> NDArray[np.int64]:
    """Return for each row the row of its shape."""
    return shapes_of(text.words)


def shapes_of(words: list[str]) -> NDArray[np.int64]:
    """Return for each row of the table of `words` the row that it would have, were its word unknown."""
    return np.array([*range(FIRST_KNOWN), *map(shape_row, words)], np.int64)
