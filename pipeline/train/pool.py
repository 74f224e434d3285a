"""What teachers say of windows: of posts as they were written, of posts with words changed, and of unlabelled text.

Comes in: windows of the corpus and their marked classes, teachers, a network that guesses hidden words, unlabelled text. Goes out: `Posts` and
`Pool`, from which a pupil learns. Refuses nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch

from pipeline.nlp.heads import WIDTH_OF_ALL
from pipeline.nlp.word_table import HIDDEN, PADDING
from pipeline.train.device import quick
from pipeline.train.tagger import WINDOW
from pipeline.train.teachers import chances_of, mean_log_chances
from pipeline.train.windowed import Windows, cut_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from torch import Tensor

    from pipeline.train.pretrain import Guesser, Unlabelled
    from pipeline.train.teachers import Teacher

_LEAST_CHANGED, _MOST_CHANGED = 0.1, 0.5  # share of the words of a window
_TEMPERATURE = 0.9  # of what is drawn in their place: a little closer to what is likely
_AT_ONCE = 32  # windows in which words are drawn, each from the whole table
_SEED = 7


class Posts(NamedTuple):
    """The windows of the corpus with their marked classes and the chances that teachers give."""

    shown: Windows
    classes: Tensor
    chances: Tensor


class Pool(NamedTuple):
    """Windows of which only teachers say something, the changed ones first, and the chances that they give."""

    shown: Windows
    chances: Tensor
    changed: int


class Sizes(NamedTuple):
    """How often each window of the corpus stands in a pool with words changed, and how many of the first file of text and of the others do."""

    copies: int
    first: int
    others: int

    def shortened(self, share: float) -> Sizes:
        """Return a share of the sizes."""
        return Sizes(*(max(1, round(share * size)) for size in self))


def pool_of(shown: Windows, text: Unlabelled, sizes: Sizes, guesser: Guesser, teachers: Sequence[Teacher]) -> Pool:
    """Return what the teachers say of the windows with words as the guesser draws them, and of windows of the text."""
    random = np.random.default_rng(_SEED)
    torch.manual_seed(_SEED)
    changed = [part for _ in range(sizes.copies) for part in changed_windows(shown, guesser)]
    windows = together([*changed, cut_text(text, (sizes.first, sizes.others), random, str(shown.rows.device))])
    return Pool(windows, _say(teachers, windows), sum(len(part.rows) for part in changed))


def together(parts: Sequence[Windows]) -> Windows:
    """Return the windows of all parts."""
    return Windows(*(torch.cat(column) for column in zip(*parts, strict=True)))


def changed_windows(shown: Windows, guesser: Guesser) -> Iterator[Windows]:
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


def cut_chances(of_lessons: Sequence[Tensor], places: Sequence[tuple[int, int, int]], device: str) -> Tensor:
    """Return the chances of each word of these windows of the lessons, nothing where there is no word."""
    found = torch.zeros(len(places), WINDOW, WIDTH_OF_ALL, dtype=torch.half, device=device)
    for number, (lesson, start, end) in enumerate(places):
        found[number, : end - start] = of_lessons[lesson][start:end].half()
    return found
