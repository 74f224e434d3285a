"""Run a model in the shadow: it reads every stored post beside the one that reads, and nothing that anybody sees changes.

Comes in: a store, a model of the team's own, and the digests that were published. Goes out: a report in Thai beside the model of what would be new,
gone or told under another label, and what of that the digests show now. Refuses nothing.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pipeline.jobs.effect import SHADOW_FILE
from pipeline.jobs.files import write_text
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
_TITLES = {"relabelled": "ป้ายจะเปลี่ยน", "gone": "จะหายไป", "new": "จะเพิ่มเข้ามา"}


@dataclass(slots=True)
class Shadow:
    """What would change: how many passages stay, and by kind how many would be otherwise, with the first of them in words: cited ones, and others."""

    same: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    cited: Counter[str] = field(default_factory=Counter)
    told: dict[tuple[str, bool], list[str]] = field(default_factory=lambda: {(kind, cited): [] for kind in _TITLES for cited in (True, False)})

    def note(self, kind: str, passage: Passage, line: str, *, cited: bool) -> None:
        """Count a passage that would be otherwise."""
        self.counts[kind] += 1
        self.cited[kind] += cited
        if len(self.told[kind, cited]) < _SHOWN:
            quote = " ".join(passage.quote.split())
            shown = quote if len(quote) <= _QUOTE else f"{quote[:_QUOTE]}…"
            self.told[kind, cited].append(f"- {'★ ' if cited else ''}{line} “{shown}” ({passage.source})")


def run_shadow(store: Store, reader: Reader, folder: Path, out: Path, progress: Callable[[str], None] = lambda _: None) -> str:
    """Read every stored post with the model of a folder, write the report beside it, and return it; `out` holds the digests of now."""
    found = Shadow()
    cited = _cited(out)
    for posts in _batches(store.posts()):
        progress(posts[0].source)
        seen = store.passages_of([post.id for post in posts])
        for post, fresh in zip(posts, reader.read(posts), strict=True):
            _compare(seen[post.id], fresh, found, cited)
    report = _report(reader.id, found)
    write_text(folder / REPORT_FILE, report)
    row = {"same": found.same, **{kind: found.counts[kind] for kind in _TITLES}, "cited": dict(found.cited)}
    write_text(folder / SHADOW_FILE, json.dumps(row, ensure_ascii=False) + "\n")
    return report


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
            found.note("gone", passage, _thai(passage.label), cited=passage.id in cited)
            continue
        left.remove(match)
        if match.label == passage.label:
            found.same += 1
        else:
            found.note("relabelled", passage, f"{_thai(passage.label)} → {_thai(match.label)}", cited=passage.id in cited)
    for passage in left:
        found.note("new", passage, _thai(passage.label), cited=False)


def _shared(one: Passage, other: Passage) -> float:
    whole = max(one.span.end, other.span.end) - min(one.span.start, other.span.start)
    return one.span.overlap(other.span) / max(1, whole)


def _thai(label: str) -> str:
    return next((one.thai for one in label_set() if one.id == label), label)


def _report(model: str, found: Shadow) -> str:
    lines = [
        f"# ถ้าใช้แบบจำลอง {model}",
        "",
        f"ข้อความที่เหมือนเดิม {found.same:,} แห่ง",
        "",
        "| จะเป็นอย่างไร | ทั้งหมด | อยู่ในสรุปขณะนี้ |",
        "| --- | ---: | ---: |",
    ]
    lines += [f"| {title} | {found.counts[kind]:,} | {found.cited[kind]:,} |" for kind, title in _TITLES.items()]
    for kind, title in _TITLES.items():
        told = [*found.told[kind, True], *found.told[kind, False]][:_SHOWN]
        more = [f"- และอีก {found.counts[kind] - len(told):,} แห่ง"] if found.counts[kind] > len(told) else []
        if told:
            lines += ["", f"## {title}", "", *told, *more]
    return "\n".join([*lines, "", "★ คือข้อความที่อยู่ในสรุปขณะนี้ ส่วนข้อความที่ผู้ตรวจทานตัดสินแล้วจะคงเดิม จึงไม่นับไว้ที่นี่", ""])
