"""Threads that somebody asks for: the rows of the last run, and the same in words for a terminal.

Comes in: an output folder, and what is asked: what is open, due by a day, owned by somebody. Goes out: rows of ``threads.jsonl`` with the words of
their passages, or what a person reads of each. Refuses an output folder without such rows, and a day that is none.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.errors import SettingsError, reason_th
from pipeline.followed import SETTLED
from pipeline.jobs.threads import FILE
from pipeline.languages import BUDDHIST_ERA
from pipeline.render.followed import doubted_day, ending, state_told
from pipeline.render.words import day, speaking, word

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pipeline.settings import Language

_FIRST_BUDDHIST = 2400
_NOT_OPEN = SETTLED | {"candidate"}  # a candidate only proposes news of a thread that stands as its own


class ToldThread(NamedTuple):
    """A thread in words: its kind and title, how it stands and where it is told, and a name before each thing that is said of it."""

    kind: str
    title: str
    facts: tuple[str, ...]
    lines: tuple[tuple[str, str], ...]


def told_threads(out: Path, lang: Language, *, only_open: bool = False, due: str | None = None, who: str | None = None) -> list[ToldThread]:
    """Return the threads of a folder that are asked for, in the words of a language."""
    with speaking(lang):
        return [_told(row) for row in asked_threads(out, only_open=only_open, due=due, who=who)]


def asked_threads(out: Path, *, only_open: bool = False, due: str | None = None, who: str | None = None) -> Iterator[dict[str, Any]]:
    """Yield the rows of ``threads.jsonl`` in a folder that are still open, due by a day, or owned by somebody, with the words of their passages.

    What is due comes in the order of its days.

    Raises:
        SettingsError: when there are none of a run.
    """
    by = _day(due) if due else None
    rows, passages = (_rows(out / name) for name in (FILE, "passages.jsonl"))
    told = {row["id"]: row for row in passages}
    titles = {row["id"]: row["title"] for row in rows}
    for row in sorted(rows, key=lambda row: row["due"] or "") if by else rows:
        late = by is None or (row["due"] is not None and row["due"] <= by)
        theirs = who is None or any(who in owner for owner in row["owners"])
        if late and theirs and not ((only_open or by) and row["state"] in _NOT_OPEN):
            yield _with_words(row, told, titles)


def _told(row: Mapping[str, Any]) -> ToldThread:
    doubt = row.get("due_in_doubt")
    told = doubted_day(_read(row["due"]), _read(doubt["may_be"])) if doubt else _shown(row["due"]) if row["due"] else ""
    if row["next_expected"] and not told:
        told = word("expected_again", day=_shown(row["next_expected"]))
    ends = row.get("end_in_doubt")
    state = state_told(row.get("kept"), row["state"], ending(row["kind"], ends["relation"]) if ends else None)
    facts = [state, *([told] if told else []), *row["owners"]]
    if row.get("unheard_since"):
        facts.append(word("unheard_since", day=_shown(row["unheard_since"])))
    facts += [event["source"] for event in row["events"][:1] if event["source"]]
    return ToldThread(word(f"kind_{row['kind'].replace('-', '_')}"), row["title"], tuple(facts), tuple(_lines(row)))


def _lines(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for title in row.get("after", ()):
        yield word("thread_after"), title
    for event in row["events"]:
        if event["relation"] == "opens" and event["quote"] == row["title"]:
            continue  # said already
        change = f" {_shown(event['from'])} → {_shown(event['to'])}" if event["from"] and event["to"] else ""
        source = "" if event["source"] in {"", row["events"][0]["source"]} else f" ({event['source']})"
        yield word(f"heard_{event['relation']}") + change, event["quote"] + source
    if ends := row.get("end_in_doubt"):
        yield ending(row["kind"], ends["relation"]).capitalize(), ends["quote"]
    for ask in row.get("asks", ()):
        for answer in ask["quotes"] or [word("ask_none")]:
            yield word(f"ask_{ask['question']}"), answer


def _read(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def _shown(iso: str) -> str:
    return day(date.fromisoformat(iso))


def _with_words(row: dict[str, Any], passages: Mapping[str, dict[str, Any]], titles: Mapping[str, str]) -> dict[str, Any]:
    """Return a row with the words of its passages and their sources, the words of the answers to its questions, and of what must be done first."""
    events = ((event, passages.get(event["passage"], {})) for event in row["events"])
    told = {**row, "events": [{**event, "quote": one.get("quote", ""), "source": one.get("source", "")} for event, one in events]}
    if ends := row.get("end_in_doubt"):
        told["end_in_doubt"] = {**ends, "quote": passages.get(ends["by"], {}).get("quote", "")}
    if row.get("asks"):
        told["asks"] = [{**ask, "quotes": [passages.get(answer, {}).get("quote", "") for answer in ask["answers"]]} for ask in row["asks"]]
    if after := [titles[id_] for id_ in row.get("depends_on", ()) if id_ in titles]:
        told["after"] = after
    return told


def _day(written: str) -> str:
    """Return a day as ISO 8601 writes it; a year of the Buddhist era is understood."""
    try:
        year, month, day = map(int, written.split("-"))
        return date(year - BUDDHIST_ERA if year >= _FIRST_BUDDHIST else year, month, day).isoformat()
    except ValueError as error:
        raise SettingsError(
            en=f'--due must be a day such as 2007-02-26 or 2550-02-26. Got "{written}". Write year, month and day.',
            th=f'--due ต้องเป็นวันที่ เช่น 2007-02-26 หรือ 2550-02-26 แต่พบ "{written}" เขียนปี เดือน วัน',
        ) from error


def _rows(file: Path) -> list[dict[str, Any]]:
    try:
        return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line]
    except (OSError, ValueError) as error:
        en, th = (error.strerror, reason_th(error)) if isinstance(error, OSError) else ("other signs than JSON lines", "เนื้อหาไม่ใช่ JSON ทีละบรรทัด")
        raise SettingsError(
            en=f"{file}: must be written by a run of `lessons run`. Got {en}. Name the output folder of a run.",
            th=f"{file}: ต้องเป็นไฟล์ที่ `lessons run` เขียนไว้ แต่เปิดไม่ได้ ({th}) ระบุโฟลเดอร์ผลลัพธ์ของ `lessons run`",
        ) from error
