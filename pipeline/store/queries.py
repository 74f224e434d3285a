"""The questions to the database, as SQLAlchemy selects that SQLite and PostgreSQL both answer.

Comes in: what is asked for. Goes out: a select, not yet run. Refuses nothing. Retired posts are in none of them but those that name a post.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import BindParameter, ColumnElement, Select, Subquery, and_, bindparam, case, distinct, exists, func, or_, select

from pipeline.store.kept import SEEN
from pipeline.store.tables import analyses, passages, posts
from pipeline.store.tables_of_review import corrections

if TYPE_CHECKING:
    from datetime import datetime

    Rows = Select[tuple[Any, ...]]

EVIDENCE_LIMIT = 20  # passages shown of one group: more would bury the reader, and memory must stay flat

_LIVE = ~posts.c.retired
_PLACE = (passages.c.source, passages.c.start, passages.c.end, passages.c.id)
_LIVE_PASSAGES = passages.join(posts, posts.c.id == passages.c.post_id)

# What is asked again and again is made once: making a statement takes SQLAlchemy longer than SQLite takes to answer it. `ids` are the values.
IDS: BindParameter[str] = bindparam("ids", expanding=True)
POSTS_WITH_TEXT = select(posts).where(posts.c.id.in_(IDS))
OUTLINES = select(*(column for column in posts.c if column is not posts.c.text)).where(posts.c.id.in_(IDS))
POSTS_WITHOUT_TEXT = OUTLINES.order_by(posts.c.id).with_for_update()  # for a change: the content hash speaks for the text
PLACES_OF_POSTS = select(posts.c.id, posts.c.content_hash, posts.c.source).where(posts.c.id.in_(IDS), ~posts.c.retired)
PASSAGES_OF_POSTS = select(*SEEN).where(passages.c.post_id.in_(IDS)).order_by(passages.c.start, passages.c.end, passages.c.id)
SPANS = select(passages.c.post_id, passages.c.start, passages.c.end)
IDS_AS_READ = select(passages.c.id).where(passages.c.origin == "model")
PASSAGE = select(passages).where(passages.c.id == bindparam("id"))
COUNT_OF_PASSAGES = select(func.count(passages.c.id))
CORRECTIONS_SO_FAR = select(func.count(corrections.c.number), func.max(corrections.c.number))  # both: of two at once the later may be first


def without_analysis(model: str, middle_day: str) -> ColumnElement[bool]:
    """Return the condition of a post whose present text `model` has not analysed, or whose times it told from another middle day."""
    same_day = or_(analyses.c.middle_day.is_(None), analyses.c.middle_day == middle_day)
    done = exists().where(analyses.c.post_id == posts.c.id, analyses.c.content_hash == posts.c.content_hash, analyses.c.model == model, same_day)
    return ~done


def other_phases(phases_key: str) -> ColumnElement[bool]:
    """Return the condition of an analysed post whose phases were set by other settings."""
    return exists().where(analyses.c.post_id == posts.c.id, analyses.c.phases_key != phases_key)


def how_many(*conditions: ColumnElement[bool]) -> Select[tuple[int]]:
    """Count the posts with the conditions."""
    return select(func.count(posts.c.id)).where(_LIVE, *conditions)


def most_used_model() -> Select[tuple[str]]:
    """Select the model that analysed most posts."""
    return select(analyses.c.model).group_by(analyses.c.model).order_by(func.count().desc(), analyses.c.model).limit(1)


def ids_in_order(condition: ColumnElement[bool], limit: int) -> Select[tuple[str]]:
    """Select the first ids with the condition; the index ``ix_posts_in_order`` alone answers it, without the texts."""
    return select(posts.c.id).where(_LIVE, condition).order_by(posts.c.source, posts.c.id).limit(limit)


def live_posts() -> Rows:
    """Select all posts in order of source and id."""
    return select(posts).where(_LIVE).order_by(posts.c.source, posts.c.id)


def days() -> Rows:
    """Select the ids and times of the posts that tell when they were written."""
    return select(posts.c.id, posts.c.posted_at).where(_LIVE, posts.c.posted_at.is_not(None))


def live_outlines() -> Rows:
    """Select all posts in order of source and id, without their texts."""
    columns = [column for column in posts.c if column is not posts.c.text]
    return select(*columns).where(_LIVE).order_by(posts.c.source, posts.c.id)


def moments() -> Select[tuple[datetime | None]]:
    """Select when the posts were written, those that tell it, in order of time."""
    return select(posts.c.posted_at).where(_LIVE, posts.c.posted_at.is_not(None)).order_by(posts.c.posted_at)


def live_passages() -> Rows:
    """Select all passages in order of source, start, end and id."""
    of_live_post = exists().where(posts.c.id == passages.c.post_id, _LIVE)  # not a join: the order must come from the index, unsorted
    return select(*SEEN).where(of_live_post).order_by(*_PLACE)


def from_origin(origin: str) -> Select[tuple[str, bool]]:
    """Select id and retired of the posts from a file, from the lines of it (``FILE:3``), or from the files of a folder."""
    inside = [and_(posts.c.origin >= origin + mark, posts.c.origin < origin + chr(ord(mark) + 1)) for mark in (":", "#", "/", "\\")]
    # Retired ones too: a condition on them would draw SQLite away from the index on the origin.
    return select(posts.c.id, posts.c.retired).where(or_(posts.c.origin == origin, *inside)).order_by(posts.c.id).with_for_update()


def phases() -> Select[tuple[str | None]]:
    """Select the different phases of passages."""
    return select(passages.c.phase).distinct().select_from(_LIVE_PASSAGES).where(_LIVE)


def phase_figures(phase: str | None, unsure_below: float) -> Rows:
    """Select the figures of a phase in one row."""
    return (
        select(
            func.count(distinct(passages.c.post_id)).label("posts"),
            func.count(distinct(posts.c.author)).label("authors"),
            func.count(passages.c.id).label("passages"),
            func.count(case((passages.c.confidence < unsure_below, 1))).label("unsure"),
            func.min(posts.c.posted_at).label("first_post"),
            func.max(posts.c.posted_at).label("last_post"),
        )
        .select_from(_LIVE_PASSAGES)
        .where(_LIVE, _of_phase(phase))
    )


def group_totals(phase: str | None) -> Select[tuple[str, int]]:
    """Count the groups of each label; a passage without a group is its own."""
    groups = func.count(distinct(passages.c.group_id)) + func.count(case((passages.c.group_id.is_(None), 1)))
    return (
        select(passages.c.label, groups.label("groups"))
        .select_from(_LIVE_PASSAGES)
        .where(_LIVE, _of_phase(phase))
        .group_by(passages.c.label)
        .order_by(passages.c.label)
    )


def posts_in_phase(phase: str | None) -> Select[tuple[str]]:
    """Select the posts with passages in a phase."""
    return select(passages.c.post_id).distinct().select_from(_LIVE_PASSAGES).where(_LIVE, _of_phase(phase)).order_by(passages.c.post_id)


def newest_groups(phase: str | None) -> Rows:
    """Select each group of a phase with its label, as ``key``, the one that was told of last first; a passage without a group is its own."""
    key = func.coalesce(passages.c.group_id, passages.c.id)
    return (
        select(passages.c.label, key.label("key"))
        .select_from(_LIVE_PASSAGES)
        .where(_LIVE, _of_phase(phase))
        .group_by(passages.c.label, key)
        .order_by(func.max(posts.c.posted_at).desc().nulls_last(), key)
    )


def groups_by_key(phase: str | None) -> Rows:
    """Select the evidence of the groups that `ids` name, in order of group, source and start."""
    key = func.coalesce(passages.c.group_id, passages.c.id).label("key")
    return (
        select(*SEEN, posts.c.title, posts.c.author, posts.c.posted_at, posts.c.url, key)
        .select_from(_LIVE_PASSAGES)
        .where(_LIVE, _of_phase(phase), key.in_(IDS))
        .order_by(key, *_PLACE)
    )


def best_groups(phase: str | None, label: str, limit: int, *, names: bool = False) -> Rows:
    """Select the evidence of the strongest groups, one row a passage, with its ``rank``; with `names` the ids of the passages alone."""
    ranked = _ranked(_described(_numbered(phase, label)))
    told = (passages.c.id,) if names else (*SEEN, posts.c.title, posts.c.author, posts.c.posted_at, posts.c.url)
    return (
        select(*told, ranked.c.rank)
        .select_from(_LIVE_PASSAGES)
        .join(ranked, ranked.c.id == passages.c.id)
        .where(ranked.c.rank <= limit, ranked.c.place <= EVIDENCE_LIMIT)
        .order_by(ranked.c.rank, ranked.c.place)
    )


def _of_phase(phase: str | None) -> ColumnElement[bool]:
    return passages.c.phase.is_(None) if phase is None else passages.c.phase == phase


# Groups in three steps of window functions: joins of a group's figures to its passages would compare every group with every passage.


def _numbered(phase: str | None, label: str) -> Subquery:
    """Number the passages of each group, and those of each post in it, in order of source and start."""
    key = case((passages.c.group_id.is_(None), "passage " + passages.c.id), else_="group " + passages.c.group_id)
    return (
        select(
            key.label("key"),
            passages.c.confidence,
            *_PLACE,
            func.row_number().over(partition_by=key, order_by=_PLACE).label("place"),
            func.row_number().over(partition_by=[key, passages.c.post_id], order_by=_PLACE).label("place_in_post"),
        )
        .select_from(_LIVE_PASSAGES)
        .where(_LIVE, _of_phase(phase), passages.c.label == label)
        .subquery("numbered")
    )


def _described(numbered: Subquery) -> Subquery:
    """Put beside each passage how many posts and passages its group has, its highest confidence, and where it begins."""
    row = numbered.c
    first = [func.max(case((row.place == 1, row[column.name]))).over(partition_by=row.key).label(f"first_{column.name}") for column in _PLACE]
    return select(
        row.id,
        row.place,
        func.count(case((row.place_in_post == 1, 1))).over(partition_by=row.key).label("posts"),
        func.count(row.id).over(partition_by=row.key).label("passages"),
        func.max(row.confidence).over(partition_by=row.key).label("highest"),
        *first,
    ).subquery("described")


def _ranked(described: Subquery) -> Subquery:
    """Rank the groups; the first passage's own place makes sure that no two are equal."""
    row = described.c
    order = (row.posts.desc(), row.passages.desc(), row.highest.desc(), *(row[f"first_{column.name}"] for column in _PLACE))
    return select(row.id, row.place, func.dense_rank().over(order_by=order).label("rank")).subquery("ranked")
