"""Pretrain: unlabelled text becomes the word vectors and the context from which taggers start; taught, the whole network from which they go on.

Comes in: text files, plain or packed with xz, a blank line between texts; news first. Goes out: a folder ``words-…`` below the models, named in
``WORDS``; where there are teachers also the deep network that they taught, ``deep-…``, named in ``DEEP``.
Refuses a file that cannot be read, a device that is not there, and an installation without torch.
"""

from __future__ import annotations

import hashlib
import lzma
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.errors import SettingsError
from pipeline.jobs.learning.learn import material_of, need_torch
from pipeline.languages import words_of
from pipeline.nlp.word_table import word_table
from pipeline.sources.splits import read_splits, teaching_posts
from pipeline.train.card import data_hash, write_whole
from pipeline.train.model import lessons_of, marked_in, prepare
from pipeline.train.pretrained import DEEP, WORDS, write_deep, write_pretrained

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from pipeline.labelled import LabelledPost
    from pipeline.train.distill import Readers
    from pipeline.train.network import TagNetwork
    from pipeline.train.pretrain import Pretrained, Unlabelled
    from pipeline.train.pretrained import Weights

_KNOWN_FROM = 2  # times that a word must stand in the corpus to have a row of its own


class Asked(NamedTuple):
    """How to pretrain: with teachers too, on which device, and which share of all steps, less than one for a trial."""

    taught: bool = False
    device: str = "cpu"
    share: float = 1.0


ALL_ON_THE_PROCESSOR = Asked()


def pretrain_words(texts: Sequence[Path], corpus: Path, models: Path, progress: Callable[[str], None], asked: Asked = ALL_ON_THE_PROCESSOR) -> Path:
    """Learn from the texts and return the folder of the words; words of the teaching posts of the corpus are known too.

    Raises:
        SettingsError: when torch is missing, the device is not there, a file cannot be read, or there is no corpus to teach from.
    """
    need_torch()
    from pipeline.train.device import need_device
    from pipeline.train.pretrain import LONG, PLAIN, pretrain, read_unlabelled

    need_device(asked.device)
    posts = material_of(corpus).teaching if asked.taught else _teaching(corpus)
    progress("words")
    beside = (line for labelled in posts for line in (*labelled.post.text.split("\n"), "")) if asked.taught else ()
    text = read_unlabelled(_lines(texts[:1]), _known(posts), beside, _lines(texts[1:]))
    plan = (LONG if asked.taught else PLAIN).shortened(asked.share)
    found = pretrain(text, plan, device=asked.device, progress=progress)
    recipe: dict[str, Any] = {"texts": {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in texts}, "words": len(text.rows)}
    recipe |= {"command": f"lessons pretrain FILE...{' --taught' * asked.taught}", "device": asked.device, "steps": list(plan.passes)}
    recipe |= {"texts of a step": plan.texts}
    of_words = {"loss": round(found.loss, 3)}
    if not asked.taught:
        folder = write_pretrained(found.table, _weights(found.context.state_dict()), recipe | of_words, models)
    else:
        (deep, small), told = _taught(found, text, posts, asked, progress)
        recipe |= told
        of_deep = write_deep(word_table(found.table.words, deep.vectors.detach().numpy()), deep, recipe, models)
        folder = write_pretrained(found.table, _weights(small.context.state_dict()), recipe | of_words, models, _behind_context(small))
        write_whole(models / DEEP, f"{of_deep.name}\n")
    write_whole(models / WORDS, f"{folder.name}\n")
    return folder


def _taught(
    found: Pretrained, text: Unlabelled, posts: Sequence[LabelledPost], asked: Asked, progress: Callable[[str], None]
) -> tuple[Readers, dict[str, Any]]:
    """Return the networks that were taught, and what their cards tell of it."""
    from pipeline.train import distill

    read = prepare(posts)
    lessons = lessons_of(read, marked_in(read, posts), found.table)
    recipe = distill.WHOLE.shortened(asked.share)
    readers = distill.distill(found, text, lessons, [row.writer for row in posts], recipe=recipe, device=asked.device, progress=progress)
    return readers, {"corpus": data_hash(posts), "taught": recipe.told()}


def _behind_context(network: TagNetwork) -> Weights:
    return _weights({name: weight for name, weight in network.state_dict().items() if not name.startswith("context.")})


def _weights(state: dict[str, Any]) -> Weights:
    return {name: weight.numpy() for name, weight in state.items()}


def _lines(files: Sequence[Path]) -> Iterator[str]:
    for file in files:
        yield from _lines_of(file)


def _lines_of(file: Path) -> Iterator[str]:
    try:
        with lzma.open(file, "rt", encoding="utf-8") if file.suffix == ".xz" else file.open(encoding="utf-8") as opened:
            yield from opened
    except (OSError, EOFError, UnicodeDecodeError, lzma.LZMAError) as error:
        raise SettingsError(
            en=f"{file}: must be readable UTF-8 text, plain or packed with xz. Got {type(error).__name__}. Name another file.",
            th=f"{file}: ต้องเป็นข้อความ UTF-8 ที่เปิดอ่านได้ (หรือบีบอัดแบบ xz) แต่เปิดไม่ได้ โปรดระบุไฟล์อื่น",
        ) from error


def _teaching(corpus: Path) -> list[LabelledPost]:
    """Return the posts that neither validate nor test; none where there is no corpus."""
    kept = read_splits(corpus).validation
    return [labelled for labelled in teaching_posts(corpus) if labelled.writer not in kept] if corpus.is_dir() else []


def _known(posts: Sequence[LabelledPost]) -> list[str]:
    seen: dict[str, int] = {}
    for labelled in posts:
        for word in words_of(labelled.post.text):
            seen[word] = seen.get(word, 0) + (not word.isspace())
    return [word for word, count in seen.items() if count >= _KNOWN_FROM]
