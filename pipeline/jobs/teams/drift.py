"""Drift of a team: what its store tells, month by month, beside what the model that reads promises.

Comes in: a store and the folders of models. Goes out: the figures of each month, and lines in Thai or English for people. Refuses nothing. Of each
month so many passages are looked at, the same ones every time, so that a large collection costs no more than a small one.
"""

from __future__ import annotations

import json
from heapq import nsmallest
from typing import TYPE_CHECKING, NamedTuple

from pipeline.corrections import live
from pipeline.evaluate.drift import Judged, Said, drift
from pipeline.jobs.files import open_made_store
from pipeline.jobs.teams.history import team_models
from pipeline.nlp.shelf import CARD_FILE, folder_of
from pipeline.records import short_hash
from pipeline.render.words import speaking, word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from pipeline.evaluate.drift import Kind, Month
    from pipeline.records import Passage
    from pipeline.settings import Language
    from pipeline.store.store import Store

LOOKED_AT = 200  # passages of a month
MONTHS = 12  # told to people, the last ones
_ALARMS: dict[Kind, tuple[str, str]] = {
    "overturned": ("ผู้ตรวจทานแก้ป้ายบ่อยเกินที่แบบจำลองสัญญาไว้", "reviewers change labels more often than the model promises"),
    "confidence": ("แบบจำลองมั่นใจน้อยลงกว่าเดือนก่อนๆ มาก", "the model is far less sure than in the months before"),
    "cued": ("ข้อความที่พบมีคำบ่งชี้ตรงกับป้ายน้อยลงกว่าเดือนก่อนๆ มาก", "far fewer passages have a cue word of their label"),
    "unknown": ("ข้อความที่พบมีคำนอกพจนานุกรมมากขึ้นกว่าเดือนก่อนๆ มาก", "far more words are in no dictionary"),
}
_HEADS = (
    "| เดือน | ข้อความ | มั่นใจ | คำบ่งชี้ตรงป้าย | คำนอกพจนานุกรม | ตรวจแบบสุ่ม | ถูกแก้ป้าย | ไม่ควรเกิน |",
    "| month | passages | sure | cue of the label | unknown words | judged by chance | label changed | at most |",
)


class Drift(NamedTuple):
    """The months of a team, and the model that reads."""

    model: str
    months: list[Month]

    @property
    def alarms(self) -> list[Kind]:
        """Return what is out of bounds in the last month of posts and in the last one of decisions."""
        last = [next((month for month in reversed(self.months) if getattr(month, told)), None) for told in ("passages", "decisions")]
        return list(dict.fromkeys(kind for month in last if month for kind in month.alarms))


def team_drift(database: str, out: Path, models: Path) -> Drift:
    """Return the drift of the team whose database this is."""
    with open_made_store(database, out) as store:
        return drift_of(store, models, team_models(database, out))


def drift_of(store: Store, models: Path, team: Path) -> Drift:
    """Return the drift of a team, beside what the model of most posts promises."""
    model = store.model() or ""
    said = store.said_by_model()
    error = _calibration_error(folder_of(models, team, model.partition("@")[0]))
    return Drift(model, drift(_looked_at(store, said), _judged(store, said), error))


def _calibration_error(folder: Path) -> float:
    """Return by how much the confidence of a model is known to be wrong; nought where no card tells it."""
    try:
        return float(json.loads((folder / CARD_FILE).read_text(encoding="utf-8"))["test"]["calibration_error"])
    except (OSError, ValueError, KeyError):
        return 0.0


def _looked_at(store: Store, said: Sequence[Passage]) -> Iterator[Said]:
    """Yield some passages of each month, by the month of their posts; a post without a day is left out."""
    days = store.days()
    held: dict[date, list[Passage]] = {}
    for passage in said:
        if passage.post in days:
            held.setdefault(days[passage.post].replace(day=1), []).append(passage)
    for month, passages in held.items():
        for passage in nsmallest(LOOKED_AT, passages, key=lambda one: short_hash("drift", one.id)):
            yield Said(month, passage.quote, passage.label, passage.confidence)


def _judged(store: Store, said: Sequence[Passage]) -> Iterator[Judged]:
    """Yield what was decided on the labels of passages that chance alone drew, as long as the model that was judged still says them.

    What was overturned of a model that reads no more is not held against the one that took its place.
    """
    standing = {(passage.id, passage.model): passage.confidence for passage in said}
    for one in live(store.corrections.every()):
        if one.queued == "random" and one.field == "label" and (one.item, one.model) in standing:
            yield Judged(one.at.date().replace(day=1), one.before != one.after, standing[one.item, one.model])


def as_lines(found: Drift, language: Language = "th") -> list[str]:
    """Return the last months as a Markdown table, with what is out of bounds."""
    english = language != "th"
    if not found.months:
        return [("ยังไม่มีบันทึกที่ทราบวันที่ จึงยังดูความเปลี่ยนแปลงรายเดือนไม่ได้", "No post has a known day yet, so that no month can be told")[english]]
    lines = [_HEADS[english], "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"]
    with speaking(language):
        names = word("months_short").split()
    for one in found.months[-MONTHS:]:
        month = f"{names[one.month.month - 1]} {one.month.year + (0 if english else 543)}"
        shares = [_percent(share) for share in (one.confidence, one.cued, one.unknown)]
        lines.append(
            f"| {month} | {one.passages:,} | {' | '.join(shares)} | {one.decisions:,} | {_percent(one.overturned)} | {_percent(one.bound)} |"
        )
    told = [f"**{('ควรดู', 'Look at')[english]}: {_ALARMS[alarm][english]}**" for alarm in found.alarms]
    return [*lines, "", *(told or [("ทุกค่าอยู่ในขอบเขต", "All figures are within bounds")[english]])]


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.0f} %"
