"""The reader: the whole spaCy pipeline from posts to labelled passages.

Comes in: posts. Goes out: for each post its passages, quoted from the post as scraped. Refuses a model folder that is missing or damaged.
Words and Docs live only as long as a batch, so that memory stays flat however many posts are read.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, TypeVar

import spacy
from spacy.attrs import IS_DIGIT, IS_SPACE

from pipeline.errors import ModelError
from pipeline.labels import OTHER
from pipeline.languages.th.rules import rules_hash
from pipeline.languages.th.tokens import CODE, ENGINE
from pipeline.nlp import actions, announced, chains, cues, labels, passages, remarks, tagger, voice  # noqa: F401 - importing registers the components
from pipeline.nlp.classifier import FAST_FILE, load_classifier
from pipeline.nlp.classifier import FILE as CLASSIFIER_FILE
from pipeline.nlp.fields import load_fields
from pipeline.nlp.model_card import CUTTER_FILE, DEEP_BORDERS_FILE, compare_checksums, read_card
from pipeline.nlp.outside import OUTSIDE, load_outside
from pipeline.nlp.passages import BorderWeights, CutterWeights
from pipeline.nlp.shelf import CARD_FILE as CARD_FILE  # noqa: PLC0414 - others take it from here
from pipeline.nlp.shelf import folder_of, promoted
from pipeline.nlp.stack import DEEP_FILE as DEEP_STACK_FILE
from pipeline.nlp.stack import FILE as STACK_FILE
from pipeline.nlp.stack import load_stack
from pipeline.nlp.tagger import DEEP_LOOK, load_tagger
from pipeline.nlp.tokenizer import ThaiWords
from pipeline.nlp.word_table import load_words
from pipeline.records import ChainLink, Passage, Span
from pipeline.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from spacy.tokens import Doc

    from pipeline.nlp.classifier import Classifier
    from pipeline.nlp.fields import FieldModels
    from pipeline.nlp.outside import OutsideClassifier
    from pipeline.nlp.pieces import Piece
    from pipeline.nlp.stack import Stack
    from pipeline.nlp.tagger import Tagger
    from pipeline.records import Post
    from pipeline.text import CleanText

Component = TypeVar("Component")
COMPONENTS = ("cues", "tagger", "passages", "labels", "announced", "voice", "actions", "chains", "remarks")
FIELDS = COMPONENTS[-4:]  # those that read labelled pieces
CUES_ALONE = "cues"  # the model id when no trained model decides
FULL, DEEP, LINEAR, FAST = "full", "deep", "linear", "fast"
# The readers that a model offers: the whole stack, the same with a deep network in the tagger's place (slower, and better with strangers), without
# the tagger, and without the strings of characters too.
KINDS = (FULL, DEEP, LINEAR, FAST)
_NEAR_MOST = 3  # near misses of a post
_LONGEST_POST = 1_000_000  # code points; spaCy's own limit, and no longer post is collected


class Parts(NamedTuple):
    """The trained parts of a reader; without a classifier the cue words decide, without a tagger the cutter and the classifier alone do.

    An `outside` classifier, of another package, stands in the place of ours.
    """

    weights: CutterWeights
    classifier: Classifier | None = None
    tagger: Tagger | None = None
    borders: BorderWeights | None = None
    stack: Stack | None = None
    fields: FieldModels | None = None
    outside: OutsideClassifier | None = None


class Reader:
    """Read posts with one model; `id` is the model's, and names the kind of reader where it is not the full one."""

    def __init__(self, model: str, parts: Parts, engine: str = ENGINE) -> None:
        """Build the spaCy pipeline."""
        self.id = model
        self.nlp = spacy.blank(CODE, config={"nlp": {"tokenizer": {"@tokenizers": "lessons.thai_words.v1", "engine": engine}}})
        self.nlp.max_length = _LONGEST_POST
        # the features ask no more of a word; spaCy would also work out its shape, prefix, language … each in Python
        vocab: Any = self.nlp.vocab  # spaCy's types leave the attribute out
        vocab.lex_attr_getters = {IS_DIGIT: str.isdigit, IS_SPACE: str.isspace}
        assert isinstance(self.nlp.tokenizer, ThaiWords)
        self._words = self.nlp.tokenizer
        for name in COMPONENTS:
            self.nlp.add_pipe(f"lessons_{name}", name=name)
        self._component("tagger", tagger.TagFinder).tagger = parts.tagger
        cutter = self._component("passages", passages.Cutter)
        cutter.weights, cutter.borders = parts.weights, parts.borders
        labeller = self._component("labels", labels.Labeller)
        labeller.classifier, labeller.stack = parts.outside or parts.classifier, parts.stack
        self._component("voice", voice.VoiceFinder).models = parts.fields
        self._component("actions", actions.ActionReader).models = parts.fields
        self._component("chains", chains.ChainReader).models = parts.fields

    def tell_from(self, around: date | None) -> None:
        """Tell the days of posts without a date from the middle day of their collection."""
        self._component("actions", actions.ActionReader).around = around

    @property
    def around(self) -> date | None:
        """Return that day."""
        return self._component("actions", actions.ActionReader).around

    @staticmethod
    def is_told_from_collection(doc: Doc) -> bool:
        """Return whether the passages of a classified Doc depend on that day."""
        return actions.told_from_collection(doc)

    def _component(self, name: str, kind: type[Component]) -> Component:
        component = self.nlp.get_pipe(name)
        assert isinstance(component, kind)
        return component

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Free the words and Docs made within, at its end. Docs must not outlive it."""
        with self.nlp.memory_zone():
            yield
        self._words.keep_words()

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

    def nearly(self, docs: Iterable[Doc]) -> list[list[Passage]]:
        """Return what classified Docs nearly have as passages, the likeliest few of each, with the label "other" and the one that came next."""
        return [[replace(self._passage(doc, piece), label=OTHER) for piece in _likeliest(doc)] for doc in docs]

    def read(self, posts: Sequence[Post]) -> list[list[Passage]]:
        """Return the passages of each post."""
        with self.batch():
            return self.classify(self.tokenize(posts))

    def prepare(self, post: Post) -> Doc:
        """Return a Doc that knows its cues and tags, but is not cut into pieces yet."""
        (doc,) = self.tokenize([post])
        for name in COMPONENTS[:2]:
            doc = self.nlp.get_pipe(name)(doc)
        return doc

    def read_fields(self, doc: Doc, pieces: list[Piece]) -> list[Piece]:
        """Return pieces that are labelled already with their voice, action and chain."""
        doc._.passages = pieces
        for name in FIELDS:
            doc = self.nlp.get_pipe(name)(doc)
        found: list[Piece] = doc._.passages
        return found

    def pieces(self, doc: Doc) -> list[Span]:
        """Return the pieces that a classified Doc was cut into, in code points of the post as scraped."""
        return [_raw_span(doc, piece) for piece in doc._.passages]

    def _passage(self, doc: Doc, piece: Piece) -> Passage:
        post: Post = doc._.post
        cleaned: CleanText = doc._.clean
        span = cleaned.to_raw(piece.start, piece.end)
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
            chain=tuple(_raw_link(cleaned, link) for link in piece.chain),
            facets=piece.facets,
            remarks=piece.remarks,
            second=piece.second,
        )


def _likeliest(doc: Doc) -> list[Piece]:
    near = [piece for piece in doc._.passages if not piece.label and piece.second]
    return sorted(sorted(near, key=lambda piece: -piece.second[1])[:_NEAR_MOST], key=lambda piece: piece.start)


def _raw_span(doc: Doc, piece: Piece) -> Span:
    found: Span = doc._.clean.to_raw(piece.start, piece.end)
    return found


def _raw_link(cleaned: CleanText, link: ChainLink) -> ChainLink:
    span: Span = cleaned.to_raw(link.span.start, link.span.end)
    return ChainLink(link.part, span, span.of(cleaned.raw))


def cues_reader() -> Reader:
    """Return a reader that needs no trained model: ideas cut by length, labels by cue words."""
    return Reader(CUES_ALONE, Parts(CutterWeights(0.0, {})))


def split_model(model: str | None) -> tuple[str | None, str]:
    """Return the id of a model, None for the current one, and the kind of reader, from a name such as ``stacked-12345678@fast`` or ``@fast``.

    >>> split_model("stacked-12345678@fast"), split_model("@linear"), split_model(None)
    (('stacked-12345678', 'fast'), (None, 'linear'), (None, 'full'))
    """
    name, _, kind = (model or "").partition("@")
    return name or None, kind or FULL


def current_model(models: Path) -> str:
    """Return the id in ``CURRENT``, the one line that says which model reads."""
    try:
        return (models / "CURRENT").read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ModelError(
            en=f"{models / 'CURRENT'}: one line with the id of a model must stand here. Got no readable file. Train one with `lessons train`.",
            th=f"{models / 'CURRENT'}: ต้องมีไฟล์หนึ่งบรรทัดที่บอกรหัสแบบจำลอง แต่อ่านไม่ได้ สร้างแบบจำลองด้วย `lessons train`",
        ) from error


def load_reader(models: Path, model: str | None = None, team: Path | None = None) -> Reader:
    """Return the reader of a model below `models` or among the `team`'s own.

    Unless others are named (``ID@KIND``) it is the full reader of the model that the team promoted, else of the current one.
    """
    named, kind = split_model(model)
    name = named or promoted(models, team) or current_model(models)
    if name == CUES_ALONE:
        return cues_reader()
    id_ = name if kind == FULL else f"{name}@{kind}"
    return Reader(id_, load_parts(models, name, kind, team), read_card(folder_of(models, team, name))["engine"])


def kinds_of(models: Path, model: str | None = None) -> tuple[str, ...]:
    """Return the kinds of readers that a model below `models`, or the current one, offers."""
    card = read_card(models / (model or current_model(models)))
    return tuple(kind for kind in KINDS if kind != DEEP or card["deep"])


def load_parts(models: Path, name: str, kind: str = FULL, team: Path | None = None) -> Parts:
    """Return the trained parts of a model, each compared with its checksum; the words of its network stand below `models`."""
    folder = folder_of(models, team, name)
    card = read_card(folder)
    compare_checksums(folder, card["files"])
    if card["rules"] != rules_hash():
        raise ModelError(
            en=f"{folder}: a model must be read with the cue words, word lists and repairs that it was learnt with. "
            "Got others. Rebuild it with `make model`.",
            th=f"{folder}: คำบ่งชี้หรือรายการคำเปลี่ยนไปจากตอนที่สร้างแบบจำลอง จึงใช้ด้วยกันไม่ได้ สร้างแบบจำลองใหม่ด้วย `make model`",
        )
    row = json.loads((folder / CUTTER_FILE).read_text(encoding="utf-8"))
    weights = CutterWeights(row["bias"], row["features"])
    classifier = load_classifier(folder / (FAST_FILE if kind == FAST else CLASSIFIER_FILE))
    fields = load_fields(folder)
    outside = load_outside(kind.removeprefix(OUTSIDE)) if kind.startswith(OUTSIDE) else None
    if kind == DEEP:
        network = _beside(models, card["deep"] or _no_deep(folder))
        borders = BorderWeights(**json.loads((folder / DEEP_BORDERS_FILE).read_text(encoding="utf-8")))
        stack = load_stack(folder / DEEP_STACK_FILE)
        return Parts(weights, classifier, load_tagger(network, load_words(network), DEEP_LOOK), borders, stack, fields)
    if kind in {LINEAR, FAST} or not card["words"]:
        return Parts(weights, classifier, fields=fields, outside=outside)
    tagger, borders = load_tagger(folder, load_words(_beside(models, card["words"]))), BorderWeights(**row["tagger"])
    return Parts(weights, classifier, tagger, borders, None if outside else load_stack(folder / STACK_FILE), fields, outside)


def _beside(models: Path, part: dict[str, Any]) -> Path:
    """Return the folder of what several models share, its files compared with their checksums."""
    folder = models / str(part["id"])
    compare_checksums(folder, part["files"])
    return folder


def _no_deep(folder: Path) -> NoReturn:
    raise ModelError(
        en=f"{folder}: the reader deep asks for a model with a deep network. Got one without. "
        'Write reading = "full" in lessons.toml or --reader full, or name another model.',
        th=f'{folder}: แบบจำลองนี้อ่านแบบ deep ไม่ได้ เขียน reading = "full" ใน lessons.toml หรือสั่งด้วย --reader full หรือใช้แบบจำลองอื่น',
    )
