"""Learn word vectors and their context from unlabelled Thai text: hidden words are to be guessed from what stands round them.

Comes in: lines of text, a blank one between texts, and lines of posts that are shown beside them. Goes out: the word table and the layers of
context, from which every tagger starts. Refuses a text of too few words. Whether a blank stands before a word is to be guessed too: in Thai it is
blanks that part clauses.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch
from torch import nn

from pipeline.errors import SettingsError
from pipeline.languages import words_of
from pipeline.nlp.stretches import GAPS, GLUED, LINE, SPACE, UNSEEN
from pipeline.nlp.word_table import FIRST_KNOWN, HIDDEN, WordTable, plain_number, shape_row, word_table
from pipeline.train.deep import DeepContext
from pipeline.train.device import quick
from pipeline.train.network import Context

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray
    from torch import Tensor

    from pipeline.train.deep import Depth

_HIDDEN_GAPS, _SHOWN_ALL_THE_SAME = 0.15, 0.15
_RARE, _RARE_AS_SHAPE, _AS_SHAPE = 40, 0.3, 0.02  # rare words are often shown as their shape, so that shapes learn from them
_KNOWN_FROM = 12  # times that a word must stand in the text to have a row of its own
_LONGEST_LINE = 5_000
_FEWEST = 8_192
_DEEP_SPREAD = 0.03


class Plan(NamedTuple):
    """How to learn: the steps of each pass over which the rate falls, the texts of a step, words that a hidden one is told apart from in it.

    Then the share of words that is hidden, the steps over which the rate rises, the share of it that is left at the end, the words of a text,
    the rate, and the share of a step's texts that are posts: of their genre there are few, and they must not be learnt by heart.
    """

    passes: tuple[int, ...]
    texts: int
    others: int
    hidden: float
    warm_up: int
    last_rate: float
    length: int = 128
    rate: float = 2e-3
    posts: float = 0.03

    def shortened(self, share: float) -> Plan:
        """Return the plan with a share of its steps."""
        return self._replace(passes=tuple(max(1, round(steps * share)) for steps in self.passes))


PLAIN = Plan((7_000,), 64, 3_072, 0.18, 200, 0.03)  # half an hour on two cores
# For a graphics processor, where the second pass took 72 seconds. With it the loss fell from 3.46 to 2.89, and was still falling.
LONG = Plan((2_510, 6_671), 256, 4_096, 0.2, 300, 0.02)
# For the deep network: 320 seconds, 711 million words. The loss fell to 1.82.
DEEP = Plan((5_428,), 512, 8_192, 0.25, 300, 0.02, length=256, rate=1.2e-3, posts=0.05)


class Unlabelled(NamedTuple):
    """A text as rows of the word table and the gap before each word, and how often each row occurs.

    Its first file ends behind `first` words, all files behind `files`; then come posts.
    """

    rows: NDArray[np.int32]
    gaps: NDArray[np.int8]
    counts: NDArray[np.int64]
    words: list[str]
    first: int
    files: int


class Pretrained(NamedTuple):
    """The word table, the network that guesses hidden words with it, and the mean loss of the last hundred steps."""

    table: WordTable
    guesser: Guesser
    loss: float

    @property
    def context(self) -> Context:
        """Return the layers of context that go with the table."""
        context: Context = self.guesser.context
        return context


def read_unlabelled(lines: Iterable[str], known: Iterable[str] = (), posts: Iterable[str] = (), others: Iterable[str] = ()) -> Unlabelled:
    """Return the text as numbers; words that occur often in the files, and those of `known`, get rows of their own.

    `lines` are those of the first file, `others` those of the others, `posts` those of posts.
    """
    numbers: dict[str, int] = {}
    found, gaps = _numbered(lines, numbers)
    first = len(found)
    of_others, gaps_of_others = _numbered(others, numbers)
    found, gaps = found + of_others, gaps + gaps_of_others
    if len(found) < _FEWEST:
        raise SettingsError(
            en=f"lessons pretrain: the text must have at least {_FEWEST:,} words. Got {len(found):,}. Name more text.",
            th=f"lessons pretrain: ข้อความต้องมีอย่างน้อย {_FEWEST:,} คำ แต่พบ {len(found):,} คำ โปรดเพิ่มข้อความ",
        )
    counts = Counter(found)
    often = [word for word, number in numbers.items() if counts[number] >= _KNOWN_FROM]
    words = sorted(often, key=lambda word: (-counts[numbers[word]], word)) + sorted(set(map(plain_number, known)) - set(often))
    of_posts, gaps_of_posts = _numbered(posts, numbers)
    rows = {word: row for row, word in enumerate(words, FIRST_KNOWN)}
    row_of = np.array([rows.get(word) or shape_row(word) for word in numbers], np.int32)
    read = row_of[np.array(found + of_posts)]
    counted = np.bincount(read, minlength=FIRST_KNOWN + len(words))
    return Unlabelled(read, np.array(gaps + gaps_of_posts, np.int8), counted, words, first, len(found))


def _numbered(lines: Iterable[str], numbers: dict[str, int]) -> tuple[list[int], list[int]]:
    """Return the number of each word and the gap before it; a word that is not among the numbers yet is put there."""
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
    return found, gaps


class Guesser(nn.Module):
    """Guess hidden words and hidden gaps."""

    def __init__(self, rows: int, context: Context | DeepContext, spread: float = 0.1) -> None:
        """Make the layers round a context for a word table of so many rows; `spread` is that of the first vectors."""
        super().__init__()
        self.vectors = nn.Embedding(rows, context.width)
        nn.init.normal_(self.vectors.weight, std=spread)
        self.context = context
        self.word = nn.Linear(context.width, context.width)
        self.gap = nn.Linear(context.width, GAPS - 1)
        self.often = nn.Parameter(torch.zeros(rows))

    def losses(self, shown: _Step, others: Tensor, log_chance: Tensor) -> tuple[Tensor, Tensor]:
        """Return the loss of the hidden words, each told apart from `others`, and of the hidden gaps."""
        seen = self.context(self.vectors(shown.rows), nn.functional.one_hot(shown.gaps, GAPS).float()).flatten(0, 1)
        asked = self.word(seen[shown.hidden])
        right = (asked * self.vectors(shown.words)).sum(-1) + self.often[shown.words] - log_chance[shown.words]
        wrong = asked @ self.vectors(others).T + self.often[others] - log_chance[others]
        wrong = wrong.masked_fill(others[None, :] == shown.words[:, None], -1e4)
        word_loss = nn.functional.cross_entropy(torch.cat([right[:, None], wrong], 1), torch.zeros(len(asked), dtype=torch.long, device=asked.device))
        return word_loss, nn.functional.cross_entropy(self.gap(seen[shown.hidden_gaps]), shown.true_gaps)

    def words_at(self, rows: Tensor, gaps: Tensor, asked: Tensor) -> Tensor:
        """Return the log-odds of all words of the table where `asked` is true."""
        seen = self.context(self.vectors(rows), nn.functional.one_hot(gaps, GAPS).float())[asked]
        found: Tensor = self.word(seen) @ self.vectors.weight.T + self.often
        return found


class _Step(NamedTuple):
    """One step's texts with words and gaps hidden, where they are hidden, and what stands there."""

    rows: Tensor
    gaps: Tensor
    hidden: Tensor
    words: Tensor
    hidden_gaps: Tensor
    true_gaps: Tensor


def pretrain(
    text: Unlabelled, plan: Plan = PLAIN, seed: int = 1, device: str = "cpu", progress: Callable[[str], None] = lambda _: None
) -> Pretrained:
    """Return vectors and context learnt from the text by the plan. The same seed gives the same on one machine without a graphics processor."""
    torch.manual_seed(seed)
    model = Guesser(len(text.counts), Context())
    loss = _learn_all(model, text, plan, seed, device, progress)
    vectors = model.vectors.weight.detach().numpy().astype(np.float16)
    return Pretrained(word_table(text.words, vectors), model, loss)


def pretrain_deep(  # noqa: PLR0913, PLR0917 - what a training is made of
    text: Unlabelled, found: Pretrained, plan: Plan, depth: Depth, device: str, progress: Callable[[str], None], seed: int = 1
) -> Guesser:
    """Return a deep network that guesses hidden words of the text; its vectors begin with those that were found before."""
    torch.manual_seed(seed)
    model = Guesser(len(text.counts), DeepContext(depth), _DEEP_SPREAD)
    with torch.no_grad():
        known = found.guesser.vectors.weight[:, : depth.width]
        model.vectors.weight[:, : known.shape[1]] = known / known.std() * _DEEP_SPREAD
        model.often.copy_(found.guesser.often)
    _learn_all(model, text, plan, seed, device, progress)
    return model


def _learn_all(  # noqa: PLR0913, PLR0917 - what a training is made of
    model: Guesser, text: Unlabelled, plan: Plan, seed: int, device: str, progress: Callable[[str], None]
) -> float:
    """Let the model learn by the plan, pass by pass, and return the mean loss of the last hundred steps."""
    random = np.random.default_rng(seed)
    model.to(device)
    loss = 0.0
    for number, steps in enumerate(plan.passes, 1):
        progress(f"words, pass {number} of {len(plan.passes)}")
        loss = _learn(model, text, plan._replace(passes=(steps,)), random, progress)
    model.eval().cpu()
    return loss


def _optimizers(model: Guesser, rate: float) -> list[torch.optim.Optimizer]:
    """Return what lets the model learn. The matrices of deep layers turn by Muon, which got as far in fewer steps elsewhere (arXiv 2502.16982)."""
    plain = isinstance(model.context, Context)
    matrices = [] if plain else [weight for weight in model.context.layers.parameters() if weight.dim() == 2]  # noqa: PLR2004 - a matrix
    theirs = {id(weight) for weight in matrices}
    others = [weight for weight in model.parameters() if id(weight) not in theirs]
    found: list[torch.optim.Optimizer] = [torch.optim.AdamW(others, lr=rate, weight_decay=0.01, betas=(0.9, 0.98))]
    return [*found, torch.optim.Muon(matrices, lr=rate, weight_decay=0.01, adjust_lr_fn="match_rms_adamw")] if matrices else found


def _learn(model: Guesser, text: Unlabelled, plan: Plan, random: np.random.Generator, progress: Callable[[str], None]) -> float:
    """Let the model learn over one pass, and return the mean loss of its last hundred steps."""
    [steps], device = plan.passes, model.often.device
    optimizers = _optimizers(model, plan.rate)
    chance = np.where(np.arange(len(text.counts)) > HIDDEN, text.counts, 0) ** 0.75
    cumulated = np.cumsum(chance / chance.sum())
    log_chance = torch.tensor(np.log(plan.others * chance / chance.sum() + 1e-9), dtype=torch.float32, device=device)
    shapes = shapes_of(text.words)
    lately: list[Tensor] = []
    for step in range(steps):
        others = torch.from_numpy(np.searchsorted(cumulated, random.random(plan.others)).clip(0, len(chance) - 1)).to(device)
        shown = _Step(*(part.to(device) for part in _hide(text, _starts(text, plan, random), shapes, plan, random)))
        with quick(device):
            word_loss, gap_loss = model.losses(shown, others, log_chance)
        for group in (group for optimizer in optimizers for group in optimizer.param_groups):
            group["lr"] = plan.rate * min(1.0, (step + 1) / plan.warm_up) * max(plan.last_rate, 1 - step / steps)
        model.zero_grad()
        (word_loss + 0.5 * gap_loss).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for optimizer in optimizers:
            optimizer.step()
        lately = [*lately[-99:], word_loss.detach()]
        if step % 100 == 0:
            progress(f"{step:,} / {steps:,}")
    return float(torch.stack(lately).mean())


def _starts(text: Unlabelled, plan: Plan, random: np.random.Generator) -> NDArray[np.int64]:
    """Return where the texts of a step begin, a few of them in posts where there are any."""
    posts = max(1, int(plan.texts * plan.posts)) if len(text.rows) - text.files > plan.length else 0
    of_posts = random.integers(text.files, len(text.rows) - plan.length, posts) if posts else np.empty(0, np.int64)
    return np.concatenate([random.integers(0, text.files - plan.length, plan.texts - posts), of_posts])


def _hide(text: Unlabelled, starts: NDArray[np.int64], shapes: NDArray[np.int64], plan: Plan, random: np.random.Generator) -> _Step:
    place = starts[:, None] + np.arange(plan.length)
    words, gaps = text.rows[place].astype(np.int64), text.gaps[place].astype(np.int64)
    as_shape = random.random(words.shape) < np.where(text.counts[words] < _RARE, _RARE_AS_SHAPE, _AS_SHAPE)
    hidden, hidden_gaps = random.random(words.shape) < plan.hidden, random.random(words.shape) < _HIDDEN_GAPS
    shown = np.where(as_shape, shapes[words], words)
    shown = np.where(hidden & (random.random(words.shape) >= _SHOWN_ALL_THE_SAME), HIDDEN, shown)
    arrays = (shown, np.where(hidden_gaps, UNSEEN, gaps), np.flatnonzero(hidden), words[hidden], np.flatnonzero(hidden_gaps), gaps[hidden_gaps])
    return _Step(*map(torch.from_numpy, arrays))


def shapes_of(words: list[str]) -> NDArray[np.int64]:
    """Return for each row of the table of `words` the row that it would have, were its word unknown."""
    return np.array([*range(FIRST_KNOWN), *map(shape_row, words)], np.int64)
