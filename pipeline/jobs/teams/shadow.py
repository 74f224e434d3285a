"""Run a model in the shadow: it reads every stored post beside the one that reads, and nothing that anybody sees changes.

Comes in: a store, a model, and the digests that were published. Goes out: a report in Thai or English of what would be new, gone or told under
another label, and what of that the digests show now; beside a model of the team's own it is kept. Refuses nothing.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.jobs.files import write_text
from pipeline.jobs.teams.effect import SHADOW_FILE
from pipeline.labels import label_set

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from pipeline.nlp.reader import Reader
    from pipeline.records import Passage, Post
    from pipeline.store.store import Store

REPORT_FILE = "shadow.md"
_BATCH = 100
_SHOWN = 20  # passages of one kind that the report quotes, those of the digests first; the counts are of all
_QUOTE = 120  # code points
_SAME_PLACE = 0.5
_TITLES = {
    "relabelled": ("ป้ายจะเปลี่ยน", "another label"),
    "gone": ("จะหายไป", "gone"),
    "new": ("จะเพิ่มเข้ามา", "new"),
}
_WORDS = {
    "head": ("ถ้าใช้แบบจำลอง {}", "With the model {}"),
    "same": ("ข้อความที่เหมือนเดิม {:,} แห่ง", "Passages that stay as they are: {:,}"),
    "columns": ("| จะเป็นอย่างไร | ทั้งหมด | อยู่ในสรุปขณะนี้ |", "| what would be | in all | in the digests of now |"),
    "more": ("- และอีก {:,} แห่ง", "- and {:,} more"),
    "legend": (
        "★ คือข้อความที่อยู่ในสรุปขณะนี้ ส่วนข้อความที่ผู้ตรวจทานตัดสินแล้วจะคงเดิม จึงไม่นับไว้ที่นี่",
        "★ stands where a digest shows the passage now. What reviewers decided stays as it is and is not counted here.",
    ),
}


@dataclass(slots=True)
class Shadow:
    """What would change: how many passages stay, and by kind how many would be otherwise, with the first of them in words: cited ones, and others."""

    same: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    cited: Counter[str] = field(default_factory=Counter)
    told: dict[tuple[str, bool], list[_Change]] = field(default_factory=lambda: {(kind, cited): [] for kind in _TITLES for cited in (True, False)})

    def note(self, kind: str, passage: Passage, *labels: str, cited: bool) -> None:
        """Count a passage that would be otherwise; `labels` are what it is now and what it would be, or the one that goes or comes."""
        self.counts[kind] += 1
        self.cited[kind] += cited
        if len(self.told[kind, cited]) < _SHOWN:
            self.told[kind, cited].append(_Change(passage, labels, cited))


class _Change(NamedTuple):
    passage: Passage
    labels: tuple[str, ...]
    cited: bool


def run_shadow(store: Store, reader: Reader, out: Path, progress: Callable[[str], None] = lambda _: None) -> Shadow:
    """Read every stored post with another reader, and return what would change; `out` holds the digests of now."""
    found = Shadow()
    cited = _cited(out)
    for posts in _batches(store.posts()):
        progress(posts[0].source)
        seen = store.passages_of([post.id for post in posts])
        for post, fresh in zip(posts, reader.read(posts), strict=True):
            _compare(seen[post.id], fresh, found, cited)
    return found


def keep_shadow(found: Shadow, model: str, folder: Path, language: str = "th") -> str:
    """Write what would change with a model beside it, as a report and as figures, and return the report."""
    report = report_of(found, model, language)
    write_text(folder / REPORT_FILE, report)
    row = {"same": found.same, **{kind: found.counts[kind] for kind in _TITLES}, "cited": dict(found.cited)}
    write_text(folder / SHADOW_FILE, json.dumps(row, ensure_ascii=False) + "\n")
    return report


def report_of(found: Shadow, model: str, language: str = "th") -> str:
    """Return what would change with a model, for people."""
    tongue = 0 if language == "th" else 1
    said = {name: words[tongue] for name, words in _WORDS.items()}
    lines = [f"# {said['head'].format(model)}", "", said["same"].format(found.same), "", said["columns"], "| --- | ---: | ---: |"]
    lines += [f"| {titles[tongue]} | {found.counts[kind]:,} | {found.cited[kind]:,} |" for kind, titles in _TITLES.items()]
    for kind, titles in _TITLES.items():
        told = [*found.told[kind, True], *found.told[kind, False]][:_SHOWN]
        more = [said["more"].format(found.counts[kind] - len(told))] if found.counts[kind] > len(told) else []
        if told:
            lines += ["", f"## {titles[tongue]}", "", *(_line(one, tongue) for one in told), *more]
    return "\n".join([*lines, "", said["legend"], ""])


def _batches(posts: Iterator[Post]) -> Iterator[list[Post]]:
    batch: list[Post] = []
    for post in posts:
        batch.append(post)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _cited(out: Path) -> frozenset[str]:
    """Return the ids of the passages that the published digests show."""
    found: set[str] = set()
    waiting: list[Any] = [json.loads(file.read_text(encoding="utf-8")) for file in sorted(out.glob("*/digest.json"))]
    while waiting:
        node = waiting.pop()
        waiting += node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
        if isinstance(node, dict) and "quote" in node and "id" in node:
            found.add(str(node["id"]))
    return frozenset(found)


def _compare(now: Sequence[Passage], fresh: Sequence[Passage], found: Shadow, cited: frozenset[str]) -> None:
    """Note what would be otherwise in one post; two passages are one where they share half of what both cover.

    What a reviewer decided stays, whatever the model says there.
    """
    decided = [passage.span for passage in now if passage.origin == "reviewer"]
    left = [passage for passage in fresh if not any(passage.span.overlap(span) for span in decided)]
    for passage in (passage for passage in now if passage.origin == "model"):
        match = max(left, key=lambda other: _shared(passage, other), default=None)
        if match is None or _shared(passage, match) < _SAME_PLACE:
            found.note("gone", passage, passage.label, cited=passage.id in cited)
            continue
        left.remove(match)
        if match.label == passage.label:
            found.same += 1
        else:
            found.note("relabelled", passage, passage.label, match.label, cited=passage.id in cited)
    for passage in left:
        found.note("new", passage, passage.label, cited=False)


def _shared(one: Passage, other: Passage) -> float:
    whole = max(one.span.end, other.span.end) - min(one.span.start, other.span.start)
    return one.span.overlap(other.span) / max(1, whole)


def _line(change: _Change, tongue: int) -> str:
    names = {label.id: (label.thai, label.english)[tongue] for label in label_set()}
    quote = " ".join(change.passage.quote.split())
    shown = quote if len(quote) <= _QUOTE else f"{quote[:_QUOTE]}…"
    labels = " → ".join(names.get(label, label) for label in change.labels)
    return f"- {'★ ' if change.cited else ''}{labels} “{shown}” ({change.passage.source})"
