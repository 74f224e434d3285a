"""Retrain: what reviewers said becomes a model of the team's own, judged by the gate; nobody but a person promotes it.

Comes in: the reviewed posts, the corpus, the models that ship, and the folder of the team's models. Goes out: a new model there with its card, what
the gate said, and the decisions of reviewers that may be wrong. Refuses too few corrections to learn from. It needs no torch. What was learnt before
from the same is not learnt again. The gate reads with the reader that reads the posts of the team.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.assets import PACKAGE
from pipeline.errors import SettingsError
from pipeline.evaluate.behaviour import read_cases
from pipeline.evaluate.gate import gather, judge
from pipeline.jobs.files import write_lines
from pipeline.jobs.learning.learn import material_of, no_corpus
from pipeline.jobs.teams.champion import Exam, evidence_of_champion, reading
from pipeline.jobs.teams.history import history, looks, note, read_card, read_gate, team_names
from pipeline.jobs.teams.suspects import FILE as SUSPECTS_FILE
from pipeline.jobs.teams.teaching import admit
from pipeline.nlp.model_card import is_whole
from pipeline.nlp.reader import FAST, FULL, Reader, current_model, load_parts
from pipeline.nlp.shelf import Judged, read_pointer
from pipeline.records import short_hash
from pipeline.sources.marked import read_corpus
from pipeline.sources.splits import frozen_posts, read_splits
from pipeline.train.card import data_hash, new_model
from pipeline.train.naming import recipe
from pipeline.train.rows import load_rows, rows_of_corpus, rows_of_reviews, save_rows
from pipeline.train.snapshot import Snapshot, count_rows
from pipeline.train.suspects import FOLDS, agreement_of, suspects_among
from pipeline.train.team import Base, learn_team
from pipeline.train.team_card import LEFT_OUT, Learnt, save_team_card, save_team_parts, team_id, write_team_card

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from pipeline.jobs.teams.teaching import Admitted
    from pipeline.labelled import LabelledPost, TaughtPost
    from pipeline.nlp.classifier import Classifier
    from pipeline.train.model import Trained
    from pipeline.train.rows import Place, Rows

_LEFT_OUT = {  # as `LEFT_OUT` has it in Thai
    "test": "in posts of the test or copies of them",
    "named": "of reviewers who are left out",
    "share": "above the share of one reviewer",
    "distrusted": "of reviewers whom the corpus contradicts",
}
FEWEST = 50  # reviewed stretches from which a model is learnt: fewer move nothing that a test could see
TEST_FOLDER = "test"  # beside the team's models: marked posts of the team's own that join the frozen test
ROWS_FILE = ".corpus.npz"
CASES_FILE = "behaviour.toml"


@dataclass(frozen=True, slots=True)
class RetrainOrder:
    """Where the corpus, the models that ship and the team's own stand; who asks, and when; reviewers of whom nothing shall be taken.

    `kind` is the reader by which the model is judged.
    """

    corpus: Path
    models: Path
    team: Path
    by: str
    at: datetime
    without: frozenset[str] = frozenset()
    kind: str = FULL


class _Reviews(NamedTuple):
    """What may teach, as rows, and how many rows of reviewers whom the corpus contradicts were left out."""

    admitted: Admitted
    rows: Rows
    places: list[Place]
    distrusted: int


def retrain(order: RetrainOrder, taught: Iterable[TaughtPost], progress: Callable[[str], None] = lambda _: None) -> str:
    """Learn a model from what reviewers said, judge it, and return its id.

    Raises:
        SettingsError: when there is no corpus, or what may teach is too little.
    """
    said = sorted(taught, key=lambda row: row.labelled.post.id)  # the order of rows changes the last bits of what is learnt
    if (count := count_rows(said)) < FEWEST:
        raise _too_few(count)  # before the corpus is looked at, which takes longest
    progress("corpus")
    base_id = current_model(order.models)
    base = Base(load_parts(order.models, base_id), _fast(order.models, base_id))
    corpus, key = _corpus_rows(order, base)
    test = test_posts(order.corpus, order.team)
    reviews = _trusted(admit(said, [row.post for row in test], order.without), base)
    if (count := count_rows(reviews.admitted.posts)) < FEWEST:
        raise _too_few(count, _left_out(reviews))
    snapshot = Snapshot(base_id, key, reviews.admitted.posts)
    made_of, judged = recipe(snapshot.hash), Judged(test_version(test), order.kind, reading(order.models, order.team))
    if not (name := _learnt_before(order.team, made_of, judged)):
        with new_model(order.team) as folder:
            trained = learn_team(base, corpus, reviews.rows, progress)
            size = save_team_parts(trained, snapshot, order.models / base_id, folder)
            name = team_id(folder, order.models / base_id)
            if name in team_names(order.team) and _stands(order.team, name, judged):
                _note_recipe(order.team / name, made_of)
            else:
                progress("gate")
                exam = Exam(test, read_cases(order.corpus.parent / CASES_FILE), judged)
                before = evidence_of_champion(order.models, order.team, exam, code_commit())
                evidence = gather(_as_it_reads(order, name, trained), test, exam.cases, size)
                verdict = judge(before, evidence, looks(order.team, judged.version) + 1)
                learnt = Learnt(snapshot, made_of, _left_out(reviews), judged, code_commit())
                write_team_card(folder, order.models / base_id, learnt, evidence, verdict)
                write_lines(folder / SUSPECTS_FILE, _suspects(corpus, reviews, base.fast))
    _tell_history(order, name)
    return name


def _learnt_before(team: Path, made_of: str, judged: Judged) -> str | None:
    """Return the model of a recipe that was learnt and judged before, if any."""
    return next((name for name in team_names(team) if read_card(team / name).get("recipe") == made_of and _stands(team, name, judged)), None)


def _stands(team: Path, name: str, judged: Judged) -> bool:
    """Say whether a model is whole and its verdict stands: by another test or reader, or beside another model, it may be another, unless it reads."""
    return is_whole(team / name) and (Judged.of(read_card(team / name)["test"]) == judged or read_pointer(team).current == name)


def _note_recipe(folder: Path, made_of: str) -> None:
    """Note on the card of a model that another recipe gives the same bytes: they are not judged twice, nor learnt a third time."""
    save_team_card(folder, {**read_card(folder), "recipe": made_of})


def _as_it_reads(order: RetrainOrder, name: str, trained: Trained) -> Reader:
    """Return a model that was learnt just now as the posts of the team would be read with it: network, stack and fields are those that ship."""
    classifier = trained.fast if order.kind == FAST else trained.parts.classifier
    return Reader(f"{name}@{order.kind}", load_parts(order.models, current_model(order.models), order.kind)._replace(classifier=classifier))


def _tell_history(order: RetrainOrder, name: str) -> None:
    """Note that a model was learnt and a test looked at for it, unless both are noted: a run may have been killed before it could."""
    noted = [row for row in history(order.team) if row["model"] == name]
    judged = Judged.of(read_card(order.team / name)["test"])
    if not any(row["what"] == "looked" and Judged.of({**row, "version": row["test"]}) == judged for row in noted):
        note(order.team, "looked", name, by=order.by, at=order.at, test=judged.version, reader=judged.reader, beside=judged.beside)
    if not any(row["what"] == "learnt" for row in noted):
        note(order.team, "learnt", name, by=order.by, at=order.at, decision=read_gate(order.team, name)["decision"])


def _fast(models: Path, name: str) -> Classifier:
    classifier = load_parts(models, name, FAST).classifier
    assert classifier is not None
    return classifier


def _corpus_rows(order: RetrainOrder, base: Base) -> tuple[Rows, str]:
    """Return the rows of the corpus, looked at once and kept beside the team's models, and the hash of the corpus."""
    if not order.corpus.is_dir():
        raise no_corpus(order.corpus)
    pages = sorted(order.corpus.rglob("*.txt"))
    hashes = (f"{page.relative_to(order.corpus)} {hashlib.sha256(page.read_bytes()).hexdigest()}" for page in pages)
    splits = read_splits(order.corpus)
    key = short_hash(*hashes, *(repr(sorted(writers)) for writers in (splits.validation, splits.test, splits.waiting)))
    seen = short_hash(key, recipe(repr(sorted(base.parts.weights.features.items()))))
    file = order.team / ROWS_FILE
    if (kept := load_rows(seen, file)) is not None:
        return kept, key
    rows = rows_of_corpus(material_of(order.corpus).teaching, base.parts.weights)
    save_rows(rows, seen, file)
    return rows, key


def test_posts(corpus: Path, team: Path) -> list[LabelledPost]:
    """Return the posts of the frozen test, and those marked posts of its own that the team keeps for testing."""
    own = team / TEST_FOLDER
    return [*frozen_posts(corpus), *(read_corpus(own) if own.is_dir() else ())]


def test_version(posts: Sequence[LabelledPost]) -> str:
    """Return the hash of a test: of other posts or other marks it is another version, whose looks are counted from none."""
    return data_hash(posts)


def _trusted(admitted: Admitted, base: Base) -> _Reviews:
    """Return what is admitted without what reviewers gave whom the corpus contradicts more than luck explains."""
    rows, places = rows_of_reviews(admitted.posts, base.parts.weights)
    doubted = {reviewer for reviewer, found in agreement_of(rows, base.fast).items() if found.contradicted}
    if not doubted:
        return _Reviews(admitted, rows, places, 0)
    kept = tuple(replace(row, taught=tuple(one for one in row.taught if one.reviewer not in doubted)) for row in admitted.posts)
    posts = tuple(row for row in kept if row.taught)
    rows, places = rows_of_reviews(posts, base.parts.weights)
    return _Reviews(admitted._replace(posts=posts), rows, places, count_rows(admitted.posts) - count_rows(posts))


def _left_out(reviews: _Reviews) -> dict[str, int]:
    admitted = reviews.admitted
    return {"test": admitted.of_test, "named": admitted.of_named, "share": admitted.above_share, "distrusted": reviews.distrusted}


def _suspects(corpus: Rows, reviews: _Reviews, before: Classifier) -> Iterator[dict[str, Any]]:
    """Yield the decisions that may be wrong, each judged by a model that has not seen it."""
    folds = [int(short_hash(place.post, str(place.said.span.start))[:4], 16) % FOLDS for place in reviews.places]
    for found in suspects_among(reviews.rows, folds, corpus, before):
        post, said = reviews.places[found.row]
        yield {"post": post, "start": said.span.start, "end": said.span.end, "reviewer": said.reviewer, **found._asdict()}


def code_commit() -> str | None:
    """Return the commit of the program where it runs from a repository."""
    try:
        head = (PACKAGE.parent / ".git" / "HEAD").read_text(encoding="utf-8").strip()
        if not head.startswith("ref: "):
            return head
        return (PACKAGE.parent / ".git" / head.removeprefix("ref: ")).read_text(encoding="utf-8").strip()
    except OSError:
        return None


def _too_few(count: int, left_out: Mapping[str, int] = MappingProxyType({})) -> SettingsError:
    aside = [(f"{number} {_LEFT_OUT[name]}", f"{LEFT_OUT[name]} {number} แห่ง") for name, number in left_out.items() if number]
    en, th = (", ".join(row[tongue] for row in aside) for tongue in (0, 1))
    beside, beside_th = (f", beside {en}", f" ไม่นับที่{th}") if aside else ("", "")
    return SettingsError(
        en=f"lessons train: at least {FEWEST} reviewed passages must be there to learn from. Got {count}{beside}. Review more, and learn then.",
        th=f"lessons train: ต้องมีข้อความที่ตรวจแล้วอย่างน้อย {FEWEST} แห่งจึงจะสอนได้ ตอนนี้มี {count} แห่ง{beside_th} ตรวจเพิ่มก่อนแล้วค่อยสอน",
    )
