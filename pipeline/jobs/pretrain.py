"""Pretrain: unlabelled text becomes the word vectors and the context from which taggers start.

Comes in: text files, plain or packed with xz, a blank line between texts. Goes out: a folder ``words-…`` below the models, named in ``WORDS``.
Refuses a file that cannot be read, and an installation without torch.
"""

from __future__ import annotations

import lzma
from typing import TYPE_CHECKING

from pipeline.errors import SettingsError
from pipeline.jobs.learn import need_torch
from pipeline.languages.th.tokens import words_of
from pipeline.sources.splits import teaching_posts
from pipeline.train.pretrained import WORDS, write_pretrained

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

_KNOWN_FROM = 2  # times that a word must stand in the corpus to have a row of its own


def pretrain_words(texts: Sequence[Path], corpus: Path, models: Path, progress: Callable[[str], None]) -> Path:
    """Learn from the texts and return the folder of the words; words of the teaching posts of the corpus are known too.

    Raises:
        SettingsError: when torch is missing or a file cannot be read.
    """
    need_torch()
    from pipeline.train.pretrain import STEPS, pretrain, read_unlabelled

    progress("words")
    text = read_unlabelled((line for file in texts for line in _lines(file)), _corpus_words(corpus))
    found = pretrain(text, progress=progress)
    weights = {name: weight.numpy() for name, weight in found.context.state_dict().items()}
    recipe = {"texts": [file.name for file in texts], "words": len(text.rows), "steps": STEPS, "loss": round(found.loss, 3)}
    folder = write_pretrained(found.table, weights, recipe, models)
    (models / WORDS).write_text(f"{folder.name}\n", encoding="utf-8")
    return folder


def _lines(file: Path) -> Iterator[str]:
    try:
        with lzma.open(file, "rt", encoding="utf-8") if file.suffix == ".xz" else file.open(encoding="utf-8") as opened:
            yield from opened
    except (OSError, EOFError, UnicodeDecodeError, lzma.LZMAError) as error:
        raise SettingsError(
            en=f"{file}: must be readable UTF-8 text, plain or packed with xz. Got {type(error).__name__}. Name another file.",
            th=f"{file}: ต้องเป็นข้อความ UTF-8 ที่เปิดอ่านได้ (หรือบีบอัดแบบ xz) แต่เปิดไม่ได้ โปรดระบุไฟล์อื่น",
        ) from error


def _corpus_words(corpus: Path) -> list[str]:
    seen: dict[str, int] = {}
    for labelled in teaching_posts(corpus) if corpus.is_dir() else ():
        for word in words_of(labelled.post.text):
            seen[word] = seen.get(word, 0) + (not word.isspace())
    return [word for word, count in seen.items() if count >= _KNOWN_FROM]
