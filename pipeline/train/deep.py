"""A deep network whose every word looks at all others (attention): it guesses hidden words, teaches, and reads.

Comes in: rows of word vectors, gaps and signs. Goes out: words in their context, and from them the log-odds of all heads. Refuses nothing. Layers
are those of a transformer with rotated places (RoPE, arXiv 2104.09864).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import torch
from torch import nn

from pipeline.nlp.stretches import GAPS
from pipeline.train.network import Size, TagNetwork

if TYPE_CHECKING:
    from torch import Tensor

_INNER = 4  # times as wide as the words is what lies between them
_START, _START_OUT = 0.02, 0.006  # spread of the first weights, and of those whose sum is added to the words
_FARTHEST = 10_000.0


class Depth(NamedTuple):
    """How large a deep context is: width of a word, layers, and looks that each layer takes at once."""

    width: int
    layers: int
    looks: int


DEPTH = Depth(384, 8, 6)  # 14 million weights beside the vectors
TEACHING = Size(64, 128, 1)  # behind the deep context


class DeepLayer(nn.Module):
    """One layer: each word looks at all words, then is worked over by itself."""

    def __init__(self, depth: Depth) -> None:
        """Make the layer; `dropout` is set by those who teach it."""
        super().__init__()
        width = depth.width
        self.looks, self.dropout = depth.looks, 0.0
        self.norm_of_look, self.norm_of_work = nn.LayerNorm(width), nn.LayerNorm(width)
        self.asked, self.seen = nn.Linear(width, 3 * width, bias=False), nn.Linear(width, width, bias=False)
        self.inner, self.outer = nn.Linear(width, _INNER * width), nn.Linear(_INNER * width, width)
        for linear, spread in ((self.asked, _START), (self.inner, _START), (self.seen, _START_OUT), (self.outer, _START_OUT)):
            nn.init.normal_(linear.weight, std=spread)

    def forward(self, words: Tensor, turn: tuple[Tensor, Tensor], there: Tensor | None) -> Tensor:
        """Return texts x words x width; `turn` are cosine and sine of each place, `there` says which words there are where some are not."""
        texts, count, width = words.shape
        asked = self.asked(self.norm_of_look(words)).view(texts, count, 3, self.looks, width // self.looks)
        query, key, value = asked.permute(2, 0, 3, 1, 4).unbind(0)
        mask = None if there is None else there[:, None, None, :]
        seen = nn.functional.scaled_dot_product_attention(_turned(query, turn), _turned(key, turn), value, attn_mask=mask)
        words = words + self._dropped(self.seen(seen.transpose(1, 2).reshape(texts, count, width)))
        worked = self.outer(nn.functional.gelu(self.inner(self.norm_of_work(words)), approximate="tanh"))
        return words + self._dropped(worked)

    def _dropped(self, added: Tensor) -> Tensor:
        return nn.functional.dropout(added, self.dropout, self.training)


def _turned(part: Tensor, turn: tuple[Tensor, Tensor]) -> Tensor:
    """Return queries or keys turned by the angle of their place, so that their product knows how far they stand apart."""
    cosine, sine = turn
    first, second = part.chunk(2, -1)
    return torch.cat([first * cosine - second * sine, first * sine + second * cosine], -1).to(part.dtype)


class DeepContext(nn.Module):
    """From word vectors and gaps to words in their context."""

    def __init__(self, depth: Depth) -> None:
        """Make the layers."""
        super().__init__()
        self.width, self._half = depth.width, depth.width // depth.looks // 2
        self.gaps = nn.Parameter(torch.randn(GAPS, depth.width) * _START)
        self.layers = nn.ModuleList(DeepLayer(depth) for _ in range(depth.layers))
        self.norm = nn.LayerNorm(depth.width)

    def forward(self, vectors: Tensor, gaps: Tensor) -> Tensor:
        """Return texts x words x width; `gaps` says one of four for each word, as ones and zeros, and nothing where there is no word."""
        speeds = _FARTHEST ** (-torch.arange(self._half, device=vectors.device) / self._half)
        angles = torch.arange(vectors.shape[1], device=vectors.device)[:, None] * speeds
        there = gaps.sum(-1) > 0
        mask = None if bool(there.all()) else there
        words = vectors + gaps.to(vectors.dtype) @ self.gaps
        for layer in self.layers:
            words = layer(words, (angles.cos(), angles.sin()), mask)
        return self.norm(words)


class DeepTagNetwork(TagNetwork):
    """A deep network of tags: it learns its word vectors too, and is shown the signs below its context as well as behind it."""

    def __init__(self, context: DeepContext, vectors: Tensor, signs: int, dropout: float, dropout_of_layers: float) -> None:
        """Make the layers round a context that was learnt before, with the vectors that go with it."""
        super().__init__(context, signs, dropout, TEACHING)
        self.vectors = nn.Parameter(vectors.clone())
        self.below = nn.Linear(signs, context.width, bias=False)
        nn.init.zeros_(self.below.weight)
        for layer in context.layers:
            layer.dropout = dropout_of_layers

    def forward(self, vectors: Tensor, gaps: Tensor, signs: Tensor) -> Tensor:
        """Return texts x words x classes, the heads side by side."""
        return super().forward(vectors + self.below(signs), gaps, signs)
