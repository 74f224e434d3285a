"""Threads that somebody asks for: the rows of the last run, and the same in words for a terminal.

Comes in: an output folder, and what is asked: what is open, due by a day, owned by somebody. Goes out: rows of ``threads.jsonl`` with the words of
their passages, or what a person reads of each. What may be news of a thread stands with it. Refuses an output folder without such rows, and a day
that is none.
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
    from collections.abc import Collection, Iterator, Mapping, Sequence
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
    rows = list(asked_threads(out, only_open=only_open, due=due, who=who))
    before = ["", *(row.get("opened_by") for row in rows)]
    with speaking(lang):
        return [_told(row, opener) for row, opener in zip(rows, before, strict=False)]


def asked_threads(out: Path, *, only_open: bool = False, due: str | None = None, who: str | None = None) -> Iterator[dict[str, Any]]:
    """Yield the rows of ``threads.jsonl`` in a folder that are still open, due by a day, or owned by somebody, with the words of their passages.

    What is due or open comes in the order of its days, what has none at the end. What may be news of one of them (`maybe`) is no row of its own.

    Raises:
        SettingsError: when there are none of a run.
    """
    by = _day(due) if due else None
    rows, passages = (_rows(out / name) for name in (FILE, "passages.jsonl"))
    told = {row["id"]: row for row in passages}
    titles = {row["id"]: row["title"] for row in rows}
    found = [row for row in rows if _is_asked(row, by, who) and not ((only_open or by) and row["state"] in _NOT_OPEN)]
    thread_of, ids = _threads_of_links(rows), {row["id"] for row in found}
    maybe: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        if row["id"] in thread_of:
            maybe.setdefault(thread_of[row["id"]], []).append(row["events"][-1])
    for row in sorted(found, key=lambda row: (row["due"] is None, row["due"])) if only_open or by else found:
        if thread_of.get(row["id"]) not in ids:
            yield _with_words({**row, "maybe": maybe.get(row["id"], [])}, told, titles)


def _threads_of_links(rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return the thread of which each doubtful link may be news; of what one passage opened that of its kind and its party, else the first."""
    sure = [row for row in reversed(rows) if row["state"] != "candidate" and "opened_by" in row]
    first = {row["opened_by"]: row["id"] for row in sure}
    own = {(row["opened_by"], row["kind"], *row["owners"]): row["id"] for row in sure}
    links = [row for row in rows if row["state"] == "candidate" and row.get("opened_by") in first]
    return {row["id"]: own.get((row["opened_by"], row["kind"], *row["owners"]), first[row["opened_by"]]) for row in links}


def _is_asked(row: Mapping[str, Any], by: str | None, who: str | None) -> bool:
    """Say whether a thread is due by a day, and owned by somebody, where that is asked."""
    return (by is None or (row["due"] is not None and row["due"] <= by)) and (who is None or any(who in owner for owner in row["owners"]))


def _told(row: Mapping[str, Any], opener_before: str | None) -> ToldThread:
    """Return a thread in words: but for a topic that is one of several, the whole passage that opened it stands as its title."""
    ends = row.get("end_in_doubt")
    facts = [state_told(row.get("kept"), row["state"], ending(row["kind"], ends["relation"]) if ends else None), *_days(row)]
    facts += [", ".join(row["owners"])] if row["owners"] else []
    if row.get("unheard_since"):
        facts.append(word("unheard_since", day=_shown(row["unheard_since"])))
    facts += [event["source"] for event in row["events"][:1] if event["source"]]
    opener = next((event["quote"] for event in row["events"][:1] if event["relation"] == "opens"), "")
    title = row["title"] if row["kind"] == "carried-topic" else opener or row["title"]
    said = {title} | ({opener} if row.get("opened_by") == opener_before else set())
    return ToldThread(word(f"kind_{row['kind'].replace('-', '_')}"), title, tuple(facts), tuple(_lines(row, said)))


def _days(row: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is told of the day of a thread."""
    if doubt := row.get("due_in_doubt"):
        yield doubted_day(_read(row["due"]), _read(doubt["may_be"]))
    elif row["due"]:
        yield word("due_on", day=_shown(row["due"]))
    elif row["next_expected"]:
        yield word("expected_again", day=_shown(row["next_expected"]))


def _lines(row: Mapping[str, Any], said: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield what is told of a thread below its title; an opening passage that was `said` just above is not told again."""
    for title in row.get("after", ()):
        yield word("thread_after"), title
    for event in row["events"]:
        if event["relation"] != "opens" or event["quote"] not in said:
            yield _heard(event), event["quote"] + _other_source(event, row)
    for event in row["maybe"]:
        yield word("heard_maybe", heard=_heard(event)), event["quote"] + _other_source(event, row)
    asks = row.get("asks", ())
    for ask in asks:
        for answer in ask["quotes"]:
            yield word(f"ask_{ask['question']}"), answer
    if open_ones := [word(f"ask_{ask['question']}") for ask in asks if not ask["quotes"]]:
        yield word("ask_none"), " · ".join(open_ones)


def _heard(event: Mapping[str, Any]) -> str:
    change = f" {_shown(event['from'])} → {_shown(event['to'])}" if event["from"] and event["to"] else ""
    return word(f"heard_{event['relation']}") + change


def _other_source(event: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    return "" if event["source"] in {"", row["events"][0]["source"]} else f" ({event['source']})"


def _read(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def _shown(iso: str) -> str:
    return day(date.fromisoformat(iso))


def _with_words(row: dict[str, Any], passages: Mapping[str, dict[str, Any]], titles: Mapping[str, str]) -> dict[str, Any]:
    """Return a row with the words of its passages and their sources, the words of the answers to its questions, and of what must be done first."""

    def with_quote(event: dict[str, Any]) -> dict[str, Any]:
        passage = passages.get(event["passage"], {})
        return {**event, "quote": passage.get("quote", ""), "source": passage.get("source", "")}

    told = {**row, **{part: [with_quote(event) for event in row[part]] for part in ("events", "maybe")}}
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
