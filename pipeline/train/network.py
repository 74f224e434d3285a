"""The network of the tagger, in PyTorch: only training needs it, reading runs the exported file.

Comes in: rows of word vectors, gaps and signs. Goes out: log-odds of seven tags, and of the classes of each field, for each word. Refuses
nothing. The context of a word comes from convolutions over ever wider neighbourhoods (31 words on each side), which a plain processor reads many
times faster than a recurrent network of the same size.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import torch
from torch import nn

from pipeline.nlp.heads import WIDTH_OF_ALL
from pipeline.nlp.stretches import GAPS

if TYPE_CHECKING:
    from torch import Tensor

WIDTH = 128
_REACHES = (1, 2, 4, 8, 16, 1)  # how far each layer looks on either side
_START = 0.05  # spread of the first weights


class Size(NamedTuple):
    """How large a network is behind its context: units for the signs, and recurrent units of each of its layers in either direction."""

    signs: int
    recurrent: int
    layers: int


READING = Size(32, 96, 1)  # of the network that reads


class Layer(nn.Module):
    """One layer of context: each word with the two that stand `reach` words before and behind it."""

    def __init__(self, reach: int) -> None:
        """Make the layer."""
        super().__init__()
        self.reach = reach
        self.norm = nn.LayerNorm(WIDTH)
        self.mix = nn.Linear(3 * WIDTH, WIDTH)
        nn.init.normal_(self.mix.weight, std=_START)

    def forward(self, words: Tensor) -> Tensor:
        """Return words x width, each word having seen its neighbours."""
        own = self.norm(words)
        before = nn.functional.pad(own, (0, 0, self.reach, 0))[:, : -self.reach]
        behind = nn.functional.pad(own, (0, 0, 0, self.reach))[:, self.reach :]
        return words + nn.functional.gelu(self.mix(torch.cat([before, own, behind], -1)), approximate="tanh")


class Context(nn.Module):
    """From word vectors and gaps to words in their context."""

    def __init__(self) -> None:
        """Make the layers."""
        super().__init__()
        self.width = WIDTH
        self.gaps = nn.Parameter(torch.randn(GAPS, WIDTH) * 2 * _START)
        self.layers = nn.ModuleList(Layer(reach) for reach in _REACHES)
        self.norm = nn.LayerNorm(WIDTH)

    def forward(self, vectors: Tensor, gaps: Tensor) -> Tensor:
        """Return texts x words x width; `gaps` says one of four for each word, as ones and zeros."""
        words = vectors + gaps @ self.gaps
        for layer in self.layers:
            words = layer(words)
        return self.norm(words)


class TagNetwork(nn.Module):
    """From vectors, gaps and signs to the log-odds of the classes of all heads: context, then recurrent layers in both directions."""

    def __init__(self, context: nn.Module, signs: int, dropout: float, size: Size = READING) -> None:
        """Make the layers round a context that was learnt before, a `Context` or a deep one."""
        super().__init__()
        self.context = context
        self.signs = nn.Linear(signs, size.signs)
        self.drop = nn.Dropout(dropout)
        between = dropout if size.layers > 1 else 0.0
        self.recur = nn.GRU(context.width + size.signs, size.recurrent, size.layers, dropout=between, bidirectional=True, batch_first=True)
        self.tags = nn.Linear(2 * size.recurrent, WIDTH_OF_ALL)

    def forward(self, vectors: Tensor, gaps: Tensor, signs: Tensor) -> Tensor:
        """Return texts x words x classes, the heads side by side."""
        seen = torch.cat([self.context(vectors, gaps), torch.relu(self.signs(signs))], -1)
        found, _ = self.recur(self.drop(seen))
        tags: Tensor = self.tags(self.drop(found))
        return tags
