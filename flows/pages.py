"""What a person sees of a run in Prefect: tables in Thai, of what was done, what was set aside, where the digests are, and a chart.

Comes in: what a run did, and the output folder. Goes out: artifacts of the run. Refuses nothing. Prefect takes only ASCII for their keys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prefect.artifacts import create_markdown_artifact

from pipeline.assets import asset
from pipeline.jobs.teams.drift import as_lines, team_drift
from pipeline.labels import label_set

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from pipeline.jobs.run import RunOrder, RunReport

_REJECTS_SHOWN = 20
_BAR = 24  # signs of the longest bar


def keep_pages(report: RunReport, out: Path) -> None:
    """Keep the pages of a run."""
    pages = {
        "nightly-counts": ("สิ่งที่ทำในรอบนี้", counts(report)),
        "nightly-chart": ("บทเรียน ประเด็นปัญหา และสิ่งที่จะทำ ของแต่ละระยะงาน", chart(report)),
        "nightly-digests": ("เปิดอ่านสรุปของแต่ละระยะงาน", links(report, out)),
    }
    if report.feeds:
        pages["nightly-feeds"] = ("ฟีดที่ถามในรอบนี้ ได้อะไรมา", feeds(report))
    if report.collected.rejects:
        pages["nightly-rejects"] = ("ไฟล์หรือบรรทัดที่พักไว้ และสาเหตุ", rejects(report, out))
    for key, (description, markdown) in pages.items():
        create_markdown_artifact(key=key, markdown=markdown, description=description)


def keep_alarms(order: RunOrder) -> None:
    """Keep a page of the months where the last one left the bounds of the model that reads."""
    found = team_drift(order.database, order.out, order.models or asset("models"))
    if found.alarms:
        create_markdown_artifact(key="nightly-drift", markdown="\n".join(as_lines(found)), description="แบบจำลองอาจไม่เข้ากับบันทึกใหม่")


def counts(report: RunReport) -> str:
    """Return what the run did as Markdown tables."""
    collected = report.collected
    done = {
        "ไฟล์ที่เปิดอ่าน": collected.files,
        "บันทึกใหม่": collected.new,
        "บันทึกที่เปลี่ยนไป": collected.changed,
        "บันทึกเดิม": collected.unchanged,
        "ไฟล์หรือบรรทัดที่พักไว้": len(collected.rejects),
        "บันทึกที่วิเคราะห์รอบนี้": report.analysed,
        "ข้อความที่พบรอบนี้": report.passages,
    }
    by_phase = {digest.phase.name: sum(section.total for section in digest.sections) for digest in report.digests_in("th")}
    return "\n".join([*_counted("รายการ", done), "", *_counted("ระยะงาน", by_phase)])


def feeds(report: RunReport) -> str:
    """Return what came of each feed that was asked, and why nothing came."""
    said = {"read": "อ่านแล้ว", "unchanged": "ไม่มีอะไรใหม่", "waiting": "ยังไม่ถึงเวลาถามใหม่", "failed": "อ่านไม่ได้ จะลองใหม่ภายหลัง"}
    rows = [(one.id, said[one.outcome], f"{one.new:,}", f"{one.changed:,}", " ".join(one.said)) for one in report.feeds]
    return "\n".join(_table(("ฟีด", "ผล", "บันทึกใหม่", "เปลี่ยนไป", "สาเหตุ"), rows))


def chart(report: RunReport) -> str:
    """Return how much each phase holds as a table with bars, drawn of signs: it needs no picture and no network."""
    totals = {digest.phase.name: {section.label: section.total for section in digest.sections} for digest in report.digests_in("th")}
    most = max((total for phase in totals.values() for total in phase.values()), default=0)
    names = {label.id: label.thai for label in label_set()}
    rows = [
        (phase, names[label], "█" * max(1, round(_BAR * total / most)) if total else "", f"{total:,}")
        for phase, sections in totals.items()
        for label, total in sections.items()
    ]
    return "\n".join(_table(("ระยะงาน", "ประเภท", "", "จำนวน"), rows))


def links(report: RunReport, out: Path) -> str:
    """Return where the digests are; a browser opens the addresses on the machine that has the files."""
    pages = [("ทุกระยะงาน", out / "index.html"), *((digest.phase.name, out / digest.phase.id / "digest.html") for digest in report.digests_in("th"))]
    return "\n".join(f"- [{_plain(name)}]({page.resolve().as_uri()})" for name, page in pages)


def rejects(report: RunReport, out: Path) -> str:
    """Return what was set aside and why, the first of them."""
    found = report.collected.rejects
    rows = [(reject.source, f"{reject.line:,}" if reject.line else "", reject.reason) for reject in found[:_REJECTS_SHOWN]]
    lines = _table(("ไฟล์", "บรรทัด", "สาเหตุ"), rows)
    if len(found) > _REJECTS_SHOWN:
        lines += ["", f"อีก {len(found) - _REJECTS_SHOWN:,} รายการอยู่ใน {_plain(str(out / 'rejected.jsonl'))}"]
    return "\n".join(lines)


def _counted(head: str, rows: dict[str, int]) -> list[str]:
    return [f"| {head} | จำนวน |", "| --- | ---: |", *(f"| {_plain(name)} | {number:,} |" for name, number in rows.items())]


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    return [f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}", *(f"| {' | '.join(map(_plain, row))} |" for row in rows)]


def _plain(words: str) -> str:
    """Return words of posts and files so that they cannot end a cell or become a tag or a link."""
    return " ".join(words.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("[", "\\[").replace("]", "\\]").split())
