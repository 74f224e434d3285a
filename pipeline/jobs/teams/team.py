"""What people ask of a team's models: learn one from the corrections, promote, roll back, compare, run in the shadow.

Comes in: where everything stands, and who asks in which language. Goes out: lines of text. Refuses what the jobs behind it refuse. The clock is read
here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pipeline.correcting.trials import TRUSTED_FROM
from pipeline.desk.teaching import taught_posts
from pipeline.desk.trying import untrusted
from pipeline.errors import SettingsError
from pipeline.jobs.files import open_made_store
from pipeline.jobs.teams.compare import compare_models, list_models
from pipeline.jobs.teams.effect import effect_of
from pipeline.jobs.teams.history import read_gate, team_models, team_names
from pipeline.jobs.teams.models import check_model
from pipeline.jobs.teams.registry import promote
from pipeline.jobs.teams.retrain import RetrainOrder, retrain
from pipeline.jobs.teams.shadow import keep_shadow, report_of, run_shadow
from pipeline.jobs.teams.suspects import suspected_items
from pipeline.nlp.reader import FULL, KINDS, load_reader, split_model
from pipeline.nlp.shelf import read_pointer
from pipeline.store.copying import sqlite_file
from pipeline.train.snapshot import load_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from pipeline.labelled import TaughtPost
    from pipeline.settings import Language
    from pipeline.store.store import Store


@dataclass(frozen=True, slots=True)
class Home:
    """Where the corpus, the models that ship, the database and the published files of a team stand, and who asks in which language."""

    corpus: Path
    models: Path
    database: str
    out: Path
    by: str
    language: Language = "th"

    @property
    def team(self) -> Path:
        """Return the folder of the team's own models."""
        return team_models(self.database, self.out)


def learn_from_corrections(home: Home, progress: Callable[[str], None], without: Sequence[str] = ()) -> str:
    """Learn a model from the corrections in the database, let a second reader see those that may be wrong, and return its effect in words.

    Who missed too many hidden trials does not teach, and is named.
    """
    with open_made_store(home.database, home.out) as store:
        missed = untrusted(store)
        try:
            name = _learn(home, _judging(store), taught_posts(store), progress, frozenset((*without, *missed)))
        except SettingsError as error:
            told = [(error.en, error.th), *map(_not_taught_by, missed)]
            raise SettingsError(*map(" ".join, zip(*told, strict=True))) from error
        store.queue.doubt(suspected_items(store, home.team))
        if read_gate(home.team, name)["decision"] == "allowed" and read_pointer(home.team).current != name:
            progress("shadow")  # who promotes it should see before what it changes; beside itself it would change nothing
            _shadow(home, store, name, progress)
        return "\n".join([_effect(home, name), *(_not_taught_by(one)[home.language == "th"] for one in missed)])


def _not_taught_by(reviewer: str) -> tuple[str, str]:
    """Return, in English and in Thai, why a reviewer does not teach."""
    share = f"{100 * TRUSTED_FROM:.0f}"
    return (
        f"Nothing was learnt from {reviewer}, who met less than {share} % of the answers that are known",
        f"ไม่ได้เรียนจาก {reviewer} เพราะตอบข้อที่มีเฉลยถูกไม่ถึงร้อยละ {share}",
    )


def learn_from_snapshot(home: Home, file: Path, progress: Callable[[str], None]) -> str:
    """Learn a model again from exactly what it was learnt from, and return its effect in words."""
    return _effect(home, _learn(home, _judging_at(home), load_snapshot(file).posts, progress, frozenset()))


def _learn(home: Home, kind: str, taught: Iterable[TaughtPost], progress: Callable[[str], None], without: frozenset[str]) -> str:
    order = RetrainOrder(home.corpus, home.models, home.team, home.by, datetime.now(UTC), without, kind)
    return retrain(order, taught, progress)


def _judging(store: Store) -> str:
    """Return the kind of reader by which a model is judged: the one that has read the stored posts; the full one where another package's did."""
    kind = split_model(store.model())[1]
    return kind if kind in KINDS else FULL


def _judging_at(home: Home) -> str:
    """Return the same for a home that may have no database yet; none is made."""
    if (file := sqlite_file(home.database)) and not file.is_file():
        return FULL
    with open_made_store(home.database, home.out) as store:
        return _judging(store)


def _effect(home: Home, name: str) -> str:
    return "\n".join([*effect_of(home.team, home.language, name), str(home.team / name)])


def shadow_of(home: Home, model: str, progress: Callable[[str], None]) -> str:
    """Run a model in the shadow over every stored post, and return what would change."""
    check_model(home.models, model, home.team, "lessons models shadow")
    with open_made_store(home.database, home.out) as store:
        return _shadow(home, store, model, progress)


def _shadow(home: Home, store: Store, model: str, progress: Callable[[str], None]) -> str:
    reader = load_reader(home.models, _as_read(store, model), home.team)
    found = run_shadow(store, reader, home.out, progress)
    if model in team_names(home.team) and model != read_pointer(home.team).current:
        return keep_shadow(found, model, home.team / model, home.language)
    return report_of(found, reader.id, home.language)  # the one that reads would change nothing: what was kept before it read tells more


def _as_read(store: Store, model: str) -> str:
    """Return a model with the kind of reader that has read the stored posts: with it the model would read them, unless another is named."""
    kind = split_model(store.model())[1]
    return model if kind == FULL or split_model(model)[1] != FULL else f"{model}@{kind}"


def promote_model(home: Home, model: str) -> str:
    """Promote a model that the gate allows, and return which reads now."""
    now = promote(home.models, home.team, model, by=home.by, at=datetime.now(UTC), kind=_judging_at(home)).current
    return f"{now} ใช้อ่านบันทึกตั้งแต่รอบหน้า" if home.language == "th" else f"{now} reads the posts from the next run on"


def listed(home: Home) -> str:
    """Return all models with what the gate said of them."""
    return list_models(home.models, home.team, home.language)


def compared(home: Home, one: str, other: str) -> str:
    """Return the differences of two models."""
    return compare_models(home.models, home.team, one, other, home.language)
