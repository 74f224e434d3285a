"""The snapshot: exactly what reviewers said that a team's model learns from, so that the model can be learnt again.

Comes in: posts with what reviewers said of them. Goes out: lines of JSON, the same for the same posts, and the posts again from such lines. Refuses
lines that are none of ours. The corpus is named by its hash: it stands in the repository.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pipeline.errors import ModelError
from pipeline.labelled import LabelledPost, Taught, TaughtPost
from pipeline.records import Comment, Post, Span, short_hash

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FILE = "snapshot.jsonl"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a team's model learns from: the model that ships, the corpus by its hash, and the reviewed posts."""

    base: str
    corpus: str
    posts: tuple[TaughtPost, ...]

    @property
    def lines(self) -> list[str]:
        """Return the snapshot as lines of JSON, the posts in order of their ids."""
        head = {"base": self.base, "corpus": self.corpus}
        rows = [head, *(_post_row(row) for row in sorted(self.posts, key=lambda row: row.labelled.post.id))]
        return [json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows]

    @property
    def hash(self) -> str:
        """Return the hash of all that is learnt from."""
        return short_hash(*self.lines)


def save_snapshot(snapshot: Snapshot, folder: Path) -> None:
    """Write the snapshot into the folder of its model."""
    (folder / FILE).write_text("\n".join(snapshot.lines) + "\n", encoding="utf-8")


def load_snapshot(file: Path) -> Snapshot:
    """Read a snapshot.

    Raises:
        ModelError: when it is none of ours.
    """
    try:
        head, *rows = (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines())
        return Snapshot(head["base"], head["corpus"], tuple(map(_post_of, rows)))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            en=f"{file}: must be the snapshot of a team's model, written by this version. Got {type(error).__name__}: {error}. Name another file.",
            th=f"{file}: ต้องเป็นไฟล์ข้อมูลสอนของแบบจำลองทีมจากโปรแกรมรุ่นนี้ แต่อ่านไม่ได้ ({type(error).__name__}) ระบุไฟล์อื่น",
        ) from error


def _post_row(row: TaughtPost) -> dict[str, Any]:
    post = row.labelled.post
    return {
        "id": post.id,
        "source": post.source,
        "title": post.title,
        "author": post.author,
        "posted_at": post.posted_at.isoformat() if post.posted_at else None,
        "lead": _pair(post.lead) if post.lead else None,
        "body": [_pair(span) for span in post.body],
        "comments": [[*_pair(comment.span), comment.author] for comment in post.comments],
        "taught": [[*_pair(one.span), one.label, one.weight, one.reviewer] for one in row.taught],
        "text": post.text,
    }


def _post_of(row: dict[str, Any]) -> TaughtPost:
    post = Post(
        id=row["id"],
        source=row["source"],
        origin=row["source"],
        text=row["text"],
        title=row["title"],
        author=row["author"],
        posted_at=datetime.fromisoformat(row["posted_at"]) if row["posted_at"] else None,
        lead=Span(*row["lead"]) if row["lead"] else None,
        body=tuple(Span(*pair) for pair in row["body"]),
        comments=tuple(Comment(Span(start, end), author) for start, end, author in row["comments"]),
    )
    taught = tuple(Taught(Span(start, end), label, weight, reviewer) for start, end, label, weight, reviewer in row["taught"])
    return TaughtPost(LabelledPost(post, "", ()), taught)


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]


def count_rows(posts: Sequence[TaughtPost]) -> int:
    """Return how many stretches reviewers said something of."""
    return sum(len(row.taught) for row in posts)
