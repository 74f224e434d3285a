"""The words that the tagger knows, each with a vector learnt from unlabelled Thai text.

Comes in: a folder of ``models/`` with ``words.txt`` and ``vectors.npy``, whole numbers where ``scales.npy`` says how long each row is. Goes out:
`WordTable`, which gives every word a row. Refuses a folder that is damaged. A word that is not known takes the row of its first and last signs, so
that slips of the key and names still say something.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from pipeline.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path
    from typing import Any

    from numpy.typing import NDArray

WORDS_FILE, VECTORS_FILE, SCALES_FILE = "words.txt", "vectors.npy", "scales.npy"
_MOST = 127  # of a vector in whole numbers
PADDING, HIDDEN = 0, 1  # rows behind the end of a stretch, and of a word that is not to be seen
SHAPES = 2_048  # rows shared by unknown words, by their first two and last two signs
FIRST_KNOWN = 2 + SHAPES
NUMBER = "0"  # every number is one word
_IS_NUMBER = re.compile(r"[0-9๐-๙.,:/-]*[0-9๐-๙][0-9๐-๙.,:/-]*")


@dataclass(frozen=True, slots=True)
class WordTable:
    """`vectors` has a row for padding, for what is hidden, for each shape of unknown words, then for each of `words`."""

    words: tuple[str, ...]
    vectors: NDArray[np.floating[Any]]
    rows: Mapping[str, int]

    def rows_of(self, words: Iterable[str]) -> NDArray[np.int64]:
        """Return the row of each word."""
        known = self.rows
        return np.fromiter((known.get(word) or self._row_of_unknown(word) for word in words), np.int64)

    def _row_of_unknown(self, word: str) -> int:
        row = self.rows.get(NUMBER) if _is_number(word) else None
        return row or shape_row(word)


@lru_cache(maxsize=2**14)
def _is_number(word: str) -> bool:
    return bool(_IS_NUMBER.fullmatch(word))


@lru_cache(maxsize=2**16)
def shape_row(word: str) -> int:
    """Return the row that a word shares with all unknown words of the same first two and last two signs."""
    return 2 + zlib.crc32(f"{word[:2]}|{word[-2:]}".encode("utf-8", "surrogatepass")) % SHAPES


def word_table(words: Sequence[str], vectors: NDArray[np.floating[Any]]) -> WordTable:
    """Return the table of `words`, whose vectors stand behind those of the shapes."""
    return WordTable(tuple(words), vectors, {word: row for row, word in enumerate(words, FIRST_KNOWN)})


def plain_number(word: str) -> str:
    """Return the word, every number being the same one.

    >>> plain_number("2,550"), plain_number("ก2")
    ('0', 'ก2')
    """
    return NUMBER if _is_number(word) else word


def save_words(table: WordTable, folder: Path) -> None:
    """Write the table into a folder of ``models/``."""
    (folder / WORDS_FILE).write_text("\n".join([*table.words, ""]), encoding="utf-8", newline="\n")
    np.save(folder / VECTORS_FILE, table.vectors, allow_pickle=False)


def save_words_small(table: WordTable, folder: Path) -> None:
    """Write the table with vectors of whole numbers, a byte each, and the length of each row beside them."""
    save_words(table, folder)
    scales = np.abs(table.vectors).max(axis=1, keepdims=True).astype(np.float32) / _MOST + np.float32(1e-9)
    np.save(folder / VECTORS_FILE, np.round(table.vectors / scales).astype(np.int8), allow_pickle=False)
    np.save(folder / SCALES_FILE, scales, allow_pickle=False)


def load_words(folder: Path) -> WordTable:
    """Read the table of a folder of ``models/``; its checksums have been compared before.

    Raises:
        ModelError: when the files are not there, or do not fit each other.
    """
    try:
        words = (folder / WORDS_FILE).read_text(encoding="utf-8").split("\n")[:-1]
        vectors = np.load(folder / VECTORS_FILE, allow_pickle=False)
        if vectors.dtype == np.int8:
            vectors = vectors * np.load(folder / SCALES_FILE, allow_pickle=False)
    except (OSError, ValueError) as error:
        raise _damaged(folder, type(error).__name__) from error
    if vectors.ndim != 2 or len(vectors) != FIRST_KNOWN + len(words):  # noqa: PLR2004 - rows and columns
        raise _damaged(folder, f"{len(words)} words and vectors of shape {vectors.shape}")
    return word_table(words, vectors)


def _damaged(folder: Path, found: str) -> ModelError:
    return ModelError(
        en=f"{folder}: the words of a model must be a list and a vector for each. Got {found}. "
        "Restore the folder, or rebuild it with `lessons pretrain`.",
        th=f"{folder}: รายการคำของแบบจำลองต้องมีเวกเตอร์ครบทุกคำ แต่พบ {found} กู้โฟลเดอร์คืน หรือสร้างใหม่ด้วย `lessons pretrain`",
    )
