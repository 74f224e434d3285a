"""Collecting: the feeds of ``lessons.toml`` go into the folder of posts, from which the nightly run reads.

Comes in: the folder of posts, the feeds, the store and a fetcher. Goes out: ``feeds/ID.jsonl`` in the folder, a line for each post ever seen there,
and what came of each feed. Refuses nothing by raising but a folder or a database that cannot be written: a feed that cannot be had is told, asked
again later, and the others go on. A post that has changed takes the place of its old line; one that the feed has dropped stays. The file is written
before the store remembers that it was: a crash in between only asks once more.
"""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from pipeline.collecting import Fetcher
from pipeline.errors import FetchError, SettingsError, SourceError, StoreError
from pipeline.jobs.analyse import UNFORESEEN
from pipeline.jobs.files import open_store, write_text
from pipeline.jobs.keeping.eraser import erasure_of
from pipeline.jobs.turn import one_at_a_time
from pipeline.settings import read_settings
from pipeline.sources.feeds import read_feed
from pipeline.subscribed import FeedReport

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pipeline.jobs.order import RunOrder
    from pipeline.records import Post
    from pipeline.settings import Feed
    from pipeline.store.store import Store
    from pipeline.subscribed import FeedState

FOLDER = "feeds"
FIRST_WAIT = timedelta(minutes=15)
LONGEST_WAIT = timedelta(hours=24)
LONGEST_ASKED = timedelta(days=8)  # a moment further off was written under a clock that went wrong
_DOUBLINGS = 7  # more reach no further than the longest wait

_log = logging.getLogger(__name__)


def collect(inbox: Path, config: Path, database: str, out: Path, language: str) -> list[FeedReport]:
    """Collect from every feed of the configuration.

    Raises:
        SettingsError: when the configuration lists none, or the folder of posts is not there.
    """
    feeds = read_settings(config).feeds
    if not feeds:
        raise SettingsError(
            en=f"{config}: to collect, there must be at least one [[feed]] with its url. Got none. Add one; see the lessons.toml of the project.",
            th=f"{config}: การเก็บจากฟีดต้องมี [[feed]] พร้อม url อย่างน้อยหนึ่งช่อง แต่ไม่พบ โปรดเพิ่มตามตัวอย่างใน lessons.toml",
        )
    if not inbox.is_dir():
        raise SettingsError(
            en=f"{inbox}: the folder of posts must be a folder that exists. Got nothing of that name. Create it, or name another.",
            th=f"{inbox}: โฟลเดอร์ของบันทึกต้องมีอยู่จริง แต่ไม่พบ โปรดสร้างก่อน หรือระบุโฟลเดอร์อื่น",
        )
    with open_store(database, out) as store, one_at_a_time(store):
        return collect_feeds(inbox, feeds, store, Fetcher(), language, _now)


def collect_tonight(order: RunOrder, fetcher: Fetcher | None = None, now: Callable[[], datetime] | None = None) -> list[FeedReport]:
    """Collect into the first folder of a nightly run: whatever becomes of a feed, the others are asked and the night goes on.

    Raises:
        AtWork: when another run is at work.
    """
    feeds = read_settings(order.config).feeds
    inbox = next((source for source in order.sources if source.is_dir()), None)
    if inbox is None:
        return [FeedReport(feed.id, feed.url, "failed", said=(_no_folder(order).say(order.language),)) for feed in feeds]
    if not feeds:
        return []
    fetcher = fetcher or Fetcher()
    with open_store(order.database, order.out) as store, one_at_a_time(store):
        return [_whatever_comes(inbox, feed, store, fetcher, order.language, (now or _now)()) for feed in feeds]


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _no_folder(order: RunOrder) -> SettingsError:
    names = ", ".join(map(str, order.sources))
    return SettingsError(
        en=f"{names}: to collect, one of the sources must be a folder. Got none. Name the folder of posts.",
        th=f"{names}: การเก็บจากฟีดต้องมีโฟลเดอร์ของบันทึก แต่ไม่พบ โปรดระบุโฟลเดอร์",
    )


def _whatever_comes(inbox: Path, feed: Feed, store: Store, fetcher: Fetcher, language: str, now: datetime) -> FeedReport:  # noqa: PLR0913, PLR0917
    """Collect from a feed; what nobody foresaw, and what cannot be written, is told as its failure."""
    try:
        return _collect_feed(inbox, feed, store, fetcher, language, now)
    except StoreError as error:
        return FeedReport(feed.id, feed.url, "failed", said=(error.say(language),))
    except (OSError, *UNFORESEEN) as error:
        _log.exception("feed %s cannot be collected", feed.id)
        told = SourceError(
            en=f"{feed.url}: a feed must be readable. Got {type(error).__name__}. Please report it with the address; the others are read.",
            th=f"{feed.url}: อ่านฟีดนี้ไม่ได้ ({type(error).__name__}) โปรดแจ้งผู้ดูแลพร้อมที่อยู่ ฟีดอื่นอ่านตามปกติ",
        )
        return FeedReport(feed.id, feed.url, "failed", said=(told.say(language),))


def collect_feeds(  # noqa: PLR0913, PLR0917 - what a test moves
    inbox: Path, feeds: Sequence[Feed], store: Store, fetcher: Fetcher, language: str, now: Callable[[], datetime]
) -> list[FeedReport]:
    """Collect from these feeds, one after the other."""
    return [_collect_feed(inbox, feed, store, fetcher, language, now()) for feed in feeds]


def _collect_feed(inbox: Path, feed: Feed, store: Store, fetcher: Fetcher, language: str, now: datetime) -> FeedReport:  # noqa: PLR0913, PLR0917
    state = store.feeds.state(feed.url)
    if state.due_at and now < state.due_at <= now + LONGEST_ASKED:
        return FeedReport(feed.id, feed.url, "waiting", said=(state.said,) if state.said else ())
    file = inbox / FOLDER / f"{feed.id}.jsonl"
    known = file.is_file()  # whose file is gone is asked for everything
    try:
        fetched = fetcher.fetch(feed.url, state.etag if known else None, state.last_modified if known else None)
        if fetched.body is None:
            store.feeds.keep(replace(state, checked_at=now, due_at=None, failures=0, said=None))
            return FeedReport(feed.id, feed.url, "unchanged")
        found = list(read_feed(fetched.body, feed.url, feed.url))
    except (FetchError, SourceError) as error:
        store.feeds.keep(_failed(state, error, language, now))
        return FeedReport(feed.id, feed.url, "failed", said=(error.say(language),))
    erasure = erasure_of(store)
    new, changed = _keep(file, [kept for post in found if not isinstance(post, SourceError) and (kept := erasure.kept_of(post))])
    store.feeds.keep(replace(state, etag=fetched.etag, last_modified=fetched.last_modified, checked_at=now, due_at=None, failures=0, said=None))
    said = tuple(error.say(language) for error in found if isinstance(error, SourceError))
    return FeedReport(feed.id, feed.url, "read", new, changed, said)


def _failed(state: FeedState, error: FetchError | SourceError, language: str, now: datetime) -> FeedState:
    """Return the state after a failure: each one in a row doubles the wait, unless the other side names it."""
    asked = error.wait if isinstance(error, FetchError) else None
    wait = min(FIRST_WAIT * 2 ** min(state.failures, _DOUBLINGS), LONGEST_WAIT)
    due = now + max(wait, timedelta(seconds=asked or 0))
    return replace(state, checked_at=now, due_at=due, failures=state.failures + 1, said=error.say(language))


def _keep(file: Path, posts: Sequence[Post]) -> tuple[int, int]:
    """Write the posts into the file of their feed, and return how many are new and how many changed."""
    lines = _lines_by_id(file)
    before = dict(lines)
    for post in reversed(posts):  # a feed begins with the newest, and of two with one id that one counts
        lines[post.id] = json.dumps(_row(post), ensure_ascii=False)
    if lines != before or not file.is_file():
        write_text(file, "".join(f"{line}\n" for line in lines.values()))
    new = sum(id_ not in before for id_ in lines)
    return new, sum(id_ in before and before[id_] != line for id_, line in lines.items())


def _lines_by_id(file: Path) -> dict[str, str]:
    """Return the lines of a file by the ids of their posts; a line that somebody has changed into something else is kept as it stands."""
    lines: dict[str, str] = {}
    if not file.is_file():
        return lines
    for line in file.read_text(encoding="utf-8", errors="replace").split("\n"):
        if line.strip():
            lines[_id_in(line) or f"\0{line}"] = line
    return lines


def _id_in(line: str) -> str | None:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None
    found = row.get("id") if isinstance(row, dict) else None
    return found if isinstance(found, str) else None


def _row(post: Post) -> dict[str, Any]:
    """Return a post as a JSON line of ours has it."""
    text = "\n".join(span.of(post.text) for span in post.body)
    comments = [
        _written({"author": said.author, "date": said.posted_at.isoformat() if said.posted_at else None, "text": said.span.of(post.text)})
        for said in post.comments
    ]
    posted_at = post.posted_at.isoformat() if post.posted_at else None
    row = {"id": post.id, "url": post.url, "title": post.title, "author": post.author, "date": posted_at, "text": text, "comments": comments}
    return _written(row)


def _written(row: dict[str, Any]) -> dict[str, Any]:
    """Return the fields that say something."""
    return {name: value for name, value in row.items() if value}
