"""Posts and unlabelled text as windows of one length, side by side on the device that learns, and what a network is shown of them.

Comes in: lessons, or text as rows of the word table. Goes out: `Windows`, and inputs of a network, a part of them hidden. Refuses nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch
from torch import nn

from pipeline.nlp.heads import HEADS
from pipeline.nlp.stretches import GAPS, UNSEEN, sign_count, sign_of_part, windows
from pipeline.nlp.word_table import HIDDEN
from pipeline.train.pretrain import shapes_of
from pipeline.train.tagger import AS_SHAPE, HIDE_GAP, HIDE_SIGN, WINDOW, WINDOW_OVERLAP
from pipeline.train.truths import NO_CLASS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

    from pipeline.nlp.word_table import WordTable
    from pipeline.train.pretrain import Unlabelled
    from pipeline.train.tagger import Lesson

    Inputs = tuple[Tensor, Tensor, Tensor]


class Windows(NamedTuple):
    """For each word of each window its row in the word table, the gap before it, its signs, and whether there is a word at all."""

    rows: Tensor
    gaps: Tensor
    signs: Tensor
    there: Tensor

    def at(self, chosen: Tensor) -> Windows:
        """Return the windows with these numbers."""
        return Windows(*(part[chosen] for part in self))


class WordBook(NamedTuple):
    """The vector of each row of the word table, and the row that its word would have, were it unknown."""

    vectors: Tensor
    shapes: Tensor


class Hiding(NamedTuple):
    """The share of words that is hidden, and of windows in which all signs are."""

    words: float
    all_signs: float


def word_book(table: WordTable, device: str) -> WordBook:
    """Return the table on a device."""
    vectors = torch.from_numpy(table.vectors.astype(np.float32)).to(device)
    return WordBook(vectors, torch.from_numpy(shapes_of(list(table.words))).to(device))


def places_of(lessons: Sequence[Lesson]) -> list[tuple[int, int, int]]:
    """Return the windows of the lessons: number of the lesson, start and end."""
    return [(number, *window) for number, lesson in enumerate(lessons) for window in windows(len(lesson.seen), WINDOW, WINDOW_OVERLAP)]


def cut_lessons(lessons: Sequence[Lesson], places: Sequence[tuple[int, int, int]], device: str, length: int = WINDOW) -> Windows:
    """Return these windows of the lessons, each padded to `length` words."""
    rows, gaps = np.zeros((len(places), length), np.int64), np.zeros((len(places), length), np.uint8)
    signs, there = np.zeros((len(places), length, sign_count()), np.uint8), np.zeros((len(places), length), bool)
    for number, (lesson, start, end) in enumerate(places):
        seen, size = lessons[lesson].seen, end - start
        rows[number, :size], gaps[number, :size] = seen.rows[start:end], seen.gaps[start:end]
        signs[number, :size], there[number, :size] = seen.signs[start:end], True
    return Windows(*(torch.from_numpy(part).to(device) for part in (rows, gaps, signs, there)))


def cut_classes(lessons: Sequence[Lesson], places: Sequence[tuple[int, int, int]], device: str) -> Tensor:
    """Return the class of each word of these windows for each head, `NO_CLASS` where there is no word."""
    classes = np.full((len(places), WINDOW, len(HEADS)), NO_CLASS)
    for number, (lesson, start, end) in enumerate(places):
        classes[number, : end - start] = lessons[lesson].tags[start:end]
    return torch.from_numpy(classes).to(device)


def cut_text(text: Unlabelled, counts: tuple[int, int], random: np.random.Generator, device: str) -> Windows:
    """Return windows from anywhere in unlabelled text, so many of the first file and of the others, as if each stood in the body of a post.

    Where either is too short for a window, all are of the other. No cue is known there.
    """
    parts = [(0, text.first, counts[0]), (text.first, text.files, counts[1])]
    fit = [(start, end, count) for start, end, count in parts if end - start > WINDOW]
    if len(fit) == 1:
        fit = [(*fit[0][:2], sum(counts))]
    starts = np.concatenate([random.integers(start, end - WINDOW, count) for start, end, count in fit])
    place = starts[:, None] + np.arange(WINDOW)
    signs = np.zeros((*place.shape, sign_count()), np.uint8)
    signs[..., sign_of_part("body")] = 1
    rows, gaps, there = text.rows[place].astype(np.int64), text.gaps[place].astype(np.uint8), np.ones(place.shape, bool)
    return Windows(*(torch.from_numpy(part).to(device) for part in (rows, gaps, signs, there)))


def hidden(shown: Windows, book: WordBook, hiding: Hiding) -> Windows:
    """Return the windows with words, gaps and signs hidden by chance, and some words as those of their shape only."""

    def drawn(share: float, *shape: int) -> Tensor:
        return torch.rand(*shape, device=shown.rows.device) < share

    rows = torch.where(drawn(AS_SHAPE, *shown.rows.shape), book.shapes[shown.rows], shown.rows)
    rows = rows.masked_fill(drawn(hiding.words, *rows.shape), HIDDEN)
    gaps = shown.gaps.masked_fill(drawn(HIDE_GAP, *shown.gaps.shape), UNSEEN)
    gone = drawn(HIDE_SIGN, *shown.signs.shape) | drawn(hiding.all_signs, len(rows), 1, 1)
    return Windows(rows, gaps, shown.signs.masked_fill(gone, 0), shown.there)


def inputs_of(shown: Windows, book: WordBook) -> Inputs:
    """Return what a network is given of the windows."""
    there = shown.there[..., None]
    return book.vectors[shown.rows] * there, nn.functional.one_hot(shown.gaps.long(), GAPS) * there.float(), shown.signs.float()
