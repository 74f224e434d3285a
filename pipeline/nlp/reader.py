"""The reader: the whole spaCy pipeline from posts to labelled passages.

Comes in: posts. Goes out: for each post its passages, quoted from the post as scraped. Refuses a model folder that is missing or damaged.
Words and Docs live only as long as a batch, so that memory stays flat however many posts are read.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import spacy
from spacy.attrs import IS_DIGIT, IS_SPACE

from pipeline.errors import ModelError
from pipeline.languages.th.rules import rules_hash
from pipeline.languages.th.tokens import ENGINE
from pipeline.nlp import actions, cues, labels, passages, voice  # noqa: F401 - importing registers the components
from pipeline.nlp.classifier import FILE as CLASSIFIER_FILE
from pipeline.nlp.classifier import load_classifier
from pipeline.nlp.passages import CutterWeights
from pipeline.records import Passage, Span
from pipeline.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from spacy.language import Language
    from spacy.tokens import Doc

    from pipeline.nlp.classifier import Classifier
    from pipeline.nlp.pieces import Piece
    from pipeline.records import Post

COMPONENTS = ("passages", "cues", "labels", "voice", "actions")
CUTTER_FILE = "cutter.json"
CARD_FILE = "card.json"
CUES_ALONE = "cues"  # the model id when no trained model decides
_LONGEST_POST = 1_000_000  # code points; spaCy's own limit, and no longer post is collected


class Reader:
    """Read posts with one model; `id` is the model's."""

    def __init__(self, model: str, weights: CutterWeights, classifier: Classifier | None, engine: str = ENGINE) -> None:
        """Build the spaCy pipeline."""
        self.id = model
        self.nlp = spacy.blank("th", config={"nlp": {"tokenizer": {"@tokenizers": "lessons.thai_words.v1", "engine": engine}}})
        self.nlp.max_length = _LONGEST_POST
        # the features ask no more of a word; spaCy would also work out its shape, prefix, language … each in Python
        vocab: Any = self.nlp.vocab  # spaCy's types leave the attribute out
        vocab.lex_attr_getters = {sign: vocab.lex_attr_getters[sign] for sign in (IS_DIGIT, IS_SPACE)}
        for name in COMPONENTS:
            self.nlp.add_pipe(f"lessons_{name}", name=name)
        _cutter(self.nlp).weights = weights
        _labeller(self.nlp).classifier = classifier

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Free the words and Docs made within, at its end. Docs must not outlive it."""
        with self.nlp.memory_zone():
            yield

    def tokenize(self, posts: Iterable[Post]) -> list[Doc]:
        """Return one Doc a post, `Doc.text` being the repaired text."""
        docs = []
        for post in posts:
            cleaned = clean(post.text)
            doc = self.nlp.make_doc(cleaned.text)
            doc._.post, doc._.clean = post, cleaned
            docs.append(doc)
        return docs

    def classify(self, docs: Sequence[Doc]) -> list[list[Passage]]:
        """Return the passages of each Doc, in the order of the text."""
        return [[self._passage(doc, piece) for piece in doc._.passages if piece.label] for doc in self.nlp.pipe(docs)]

    def read(self, posts: Sequence[Post]) -> list[list[Passage]]:
        """Return the passages of each post."""
        with self.batch():
            return self.classify(self.tokenize(posts))

    def pieces(self, doc: Doc) -> list[Span]:
        """Return the pieces that a classified Doc was cut into, in code points of the post as scraped."""
        return [_raw_span(doc, piece) for piece in doc._.passages]

    def _passage(self, doc: Doc, piece: Piece) -> Passage:
        post: Post = doc._.post
        span = _raw_span(doc, piece)
        return Passage(
            post=post.id,
            source=post.source,
            span=span,
            quote=span.of(post.text),
            label=piece.label or "",
            confidence=piece.confidence,
            why=piece.why,
            voice=piece.voice,
            speaker=piece.speaker,
            model=self.id,
            action=piece.action,
        )


def _raw_span(doc: Doc, piece: Piece) -> Span:
    found: Span = doc._.clean.to_raw(piece.start, piece.end)
    return found


def _cutter(nlp: Language) -> passages.Cutter:
    component = nlp.get_pipe("passages")
    assert isinstance(component, passages.Cutter)
    return component


def _labeller(nlp: Language) -> labels.Labeller:
    component = nlp.get_pipe("labels")
    assert isinstance(component, labels.Labeller)
    return component


def cues_reader() -> Reader:
    """Return a reader that needs no trained model: ideas cut by length, labels by cue words."""
    return Reader(CUES_ALONE, CutterWeights(0.0, {}), None)


def current_model(models: Path) -> str:
    """Return the id in ``CURRENT``, the one line that says which model reads."""
    try:
        return (models / "CURRENT").read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ModelError(
            en=f"{models / 'CURRENT'}: one line with the id of a model must stand here. Got no readable file. Train one with `lessons train`.",
            th=f"{models / 'CURRENT'}: ต้องมีไฟล์หนึ่งบรรทัดที่บอกรหัสแบบจำลอง แต่อ่านไม่ได้ สร้างแบบจำลองด้วย `lessons train`",
        ) from error


def load_reader(models: Path, model: str | None = None) -> Reader:
    """Return the reader of a model below `models`, the current one unless another is named."""
    model = model or current_model(models)
    if model == CUES_ALONE:
        return cues_reader()
    folder = models / model
    card = _read_card(folder)
    _compare_checksums(folder, card["files"])
    if card["rules"] != rules_hash():
        raise ModelError(
            en=f"{folder}: a model must be read with the cue words, word lists and repairs that it was learnt with. "
            "Got others. Rebuild it with `make model`.",
            th=f"{folder}: คำบ่งชี้หรือรายการคำเปลี่ยนไปจากตอนที่สร้างแบบจำลอง จึงใช้ด้วยกันไม่ได้ สร้างแบบจำลองใหม่ด้วย `make model`",
        )
    weights = json.loads((folder / CUTTER_FILE).read_text(encoding="utf-8"))
    return Reader(model, CutterWeights(weights["bias"], weights["features"]), load_classifier(folder), card["engine"])


def _read_card(folder: Path) -> dict[str, Any]:
    try:
        card: dict[str, Any] = json.loads((folder / CARD_FILE).read_text(encoding="utf-8"))
        return {"engine": card["engine"], "rules": card["rules"], "files": {name: card["files"][name] for name in (CLASSIFIER_FILE, CUTTER_FILE)}}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            en=f"{folder / CARD_FILE}: a model must have a card with its engine and the checksums of its files. Got {type(error).__name__}. "
            f"Name a model that stands in {folder.parent}, or train one.",
            th=f"{folder / CARD_FILE}: แบบจำลองต้องมีการ์ดกำกับที่บอกตัวตัดคำและค่า SHA-256 ของไฟล์ แต่อ่านไม่ได้ ระบุแบบจำลองที่มีใน {folder.parent} หรือสร้างใหม่",
        ) from error


def _compare_checksums(folder: Path, files: dict[str, str]) -> None:
    for name, expected in files.items():
        file = folder / name
        found = hashlib.sha256(file.read_bytes()).hexdigest() if file.exists() else "no file"
        if found != expected:
            raise ModelError(
                en=f"{file}: its SHA-256 must be the one on the model's card. Got {found[:16]} instead of {expected[:16]}. "
                "Restore the file, or rebuild the model with `lessons train`.",
                th=f"{file}: ค่า SHA-256 ไม่ตรงกับการ์ดของแบบจำลอง (พบ {found[:16]} ควรเป็น {expected[:16]}) กู้ไฟล์คืน หรือสร้างใหม่ด้วย `lessons train`",
            )
