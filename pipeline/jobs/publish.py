"""Publish: the store becomes the files of the output folder.

Comes in: a store whose posts are analysed. Goes out: ``posts.jsonl``, ``passages.jsonl``, ``rejected.jsonl``, a folder for each phase with
its digest in every form, a page for each cited post, and ``index.html``. Refuses an output folder that cannot be written. The same store
gives the same files, byte for byte.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cache, partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from pipeline.digest.charts import charts_of, project_charts
from pipeline.digest.digest import UNSURE_BELOW, make_digest
from pipeline.digest.following import followed_lines, in_phase, part_questions
from pipeline.digest.reuse import reused_in
from pipeline.digest.short_forms import short_forms_of
from pipeline.followed import SETTLED, evidence_in
from pipeline.jobs.books import books_before
from pipeline.jobs.briefing import brief
from pipeline.jobs.cuts import is_cut, whose_cuts, write_cuts
from pipeline.jobs.drawn import days_of_posts, groups_and_actions
from pipeline.jobs.files import remove_folder, write_bytes, write_lines, write_text
from pipeline.jobs.lines import write_known_lines
from pipeline.jobs.registers import posts_in_registers
from pipeline.jobs.threads import write_threads
from pipeline.languages import level_of
from pipeline.records import Digest, DigestItem, Evidence, Followed, Phase, short_hash
from pipeline.render import FORMATS, documents, index_page
from pipeline.render.display import mask
from pipeline.render.names import phase_name, project_name
from pipeline.render.words import speaking
from pipeline.settings import UNASSIGNED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from pipeline.events import PostEvent
    from pipeline.followed import Thread
    from pipeline.jobs.collect import Collected
    from pipeline.jobs.days import Days
    from pipeline.jobs.lines import Line
    from pipeline.records import Passage, Post
    from pipeline.registers import Ledger
    from pipeline.remembered import Remembered
    from pipeline.settings import Language, Reader, Settings
    from pipeline.store.store import Store

HELD = 400  # lines of what goes on from post to post in a digest, of which its cuts are made; all threads are in threads.jsonl
_AT_ONCE = 100  # posts in memory while their rows are written
UNPLACED = Phase(UNASSIGNED, "")  # it is named when it is told


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in all posts together: threads, registers and days; by which model, and in which language the forms are written."""

    model: str
    threads: Sequence[Thread]
    ledger: Ledger
    days: Days
    language: Language = "th"


def publish_rows(store: Store, out: Path, collected: Collected, found: Found) -> None:
    """Write the four files that other programs read."""
    write_known_lines(out / "posts.jsonl", _post_lines(store, found.days))
    write_known_lines(out / "passages.jsonl", ((store.key_of(passage), partial(passage_row, passage)) for passage in store.passages()))
    write_threads(out, found.threads)
    write_lines(out / "rejected.jsonl", ({"source": one.source, "line": one.line, "reason": one.reason} for one in collected.rejects))


def phases_to_publish(settings: Settings, store: Store) -> list[Phase]:
    """Return the phases of the settings in time order, and the unplaced one where passages are without a phase."""
    return [*settings.phases, *([UNPLACED] if None in store.phase_ids() else [])]


def publish_phase(phase: Phase, settings: Settings, store: Store, out: Path, found: Found) -> Digest:
    """Write the digest of one phase in every form, and return it."""
    with speaking(found.language):
        digest, now = phase_digest(phase, settings, store, found)
        reports = documents(thai_digits=settings.documents.thai_digits)
        for name, make in FORMATS.values():
            write_text(out / phase.id / name, make(digest))
        for name, make_bytes in reports.values():
            write_bytes(out / phase.id / name, make_bytes(digest))
        write_cuts(digest, [reader for reader in settings.readers if not reader.outside], out / phase.id, reports, found.language)
    store.remember_digest(phase.id, now)
    return digest


def outline_of(phase: Phase, settings: Settings, store: Store, model: str) -> Digest:
    """Return the numbers of the digest of a phase, without its items."""
    summary = store.phase_summary(None if phase is UNPLACED else phase.id, UNSURE_BELOW)
    facts = {name: getattr(summary, name) for name in ("totals", "posts", "authors", "passages", "unsure", "first_post", "last_post")}
    return make_digest(project_name(settings.project.name), replace(phase, name=phase_name(phase)), groups={}, model=model, **facts)


def phase_digest(phase: Phase, settings: Settings, store: Store, found: Found) -> tuple[Digest, Remembered]:
    """Return the digest of one phase, and what to remember of it."""
    key = None if phase is UNPLACED else phase.id
    summary = store.phase_summary(key, UNSURE_BELOW)
    earlier = earlier_phases(settings, phase)
    told = [*in_phase(found.threads, key), *reused_in(key, earlier, found.threads)]
    _, ours = part_questions(in_phase(found.threads, key))
    evidence = evidence_from(store, told)
    groups, actions = groups_and_actions(store, key, found.days)
    digest = make_digest(
        project_name(settings.project.name),
        replace(phase, name=phase_name(phase)),
        groups=groups,
        totals=summary.totals,
        model=found.model,
        posts=summary.posts,
        authors=summary.authors,
        passages=summary.passages,
        unsure=summary.unsure,
        first_post=summary.first_post,
        last_post=summary.last_post,
        followed=followed_lines(ours, evidence, HELD, summary.last_post),
        followed_total=len(ours),
        followed_open=sum(thread.state not in SETTLED for thread in ours),
        registers=found.ledger.sections(key, earlier),
    )
    digest, now = brief(digest, key, earlier=earlier, store=store, threads=found.threads, evidence=evidence)
    days, by_event = days_of_posts(store.posts_in_phase(key), found.days)
    drawn = charts_of(digest, days, actions, until=found.days.last, by_event=by_event)
    digest = replace(digest, charts=drawn)
    return replace(digest, short_forms=short_forms_of(digest), review_at=settings.review.base_url), now


def earlier_phases(settings: Settings, phase: Phase) -> list[str]:
    """Return the phases of the settings before this one."""
    ids = [one.id for one in settings.phases]
    return ids[: ids.index(phase.id)] if phase.id in ids else []


def evidence_from(store: Store, threads: Sequence[Thread]) -> Callable[[Passage], Evidence]:
    """Return a function that gives a passage of some threads with what is needed to find its post."""
    posts = store.outlines_by_id(
        sorted({event.passage.post for thread in threads for event in (*thread.events, *([thread.end_doubt] if thread.end_doubt else []))})
    )

    def evidence(passage: Passage) -> Evidence:
        post, _ = posts[passage.post]
        return Evidence(passage, post.title, post.author, post.posted_at, post.url)

    return evidence


def cited_posts(digests: Sequence[Digest]) -> set[str]:
    """Return the posts that the digests cite: those have a page."""
    items = {mention.passage.post for digest in digests for section in digest.sections for item in section.items for mention in item.evidence}
    followed = {one.passage.post for digest in digests for line in _lines(digest) for one in evidence_in(line)}
    told = {one.passage.post for digest in digests for item in _told_first(digest) for one in item.evidence}
    return items | followed | told | posts_in_registers(digests)


def _lines(digest: Digest) -> Iterator[Followed]:
    yield from (*digest.followed, *digest.questions, *digest.reused, *(line for _, line in digest.changes.followed))


def _told_first(digest: Digest) -> Iterator[DigestItem]:
    yield from (*(one.item for one in digest.top), *(item for section in digest.changes.new for item in section.items), *digest.unused)


def publish_index(  # noqa: PLR0913, PLR0917 - and whose cuts stand beside
    settings: Settings, digests: Sequence[Digest], collected: Collected, out: Path, found: Found, readers: Sequence[Reader] | None = None
) -> None:
    """Write the page of all phases, and remove the folders of phases that are no more; `readers` are those within the team unless given."""
    within = [reader for reader in settings.readers if not reader.outside] if readers is None else readers
    notes = [(source, note.th if found.language == "th" else note.en) for source, note in collected.notes]
    days, by_event = days_of_posts(found.days.events, found.days)
    beside = {digest.phase.id: _pages_of_cuts(out / digest.phase.id) for digest in digests}
    with speaking(found.language):
        charts = project_charts(digests, days, by_event)
        text = index_page(
            project_name(settings.project.name),
            digests,
            collected.rejects,
            notes,
            posts=len(days),
            charts=charts,
            cuts=beside,
            whose=whose_cuts(within, found.language),
            books=books_before(out),
        )
    write_text(out / "index.html", text)
    current = {digest.phase.id for digest in digests}
    ours = {name for name, _ in [*FORMATS.values(), *documents().values()]}
    for digest_file in out.glob("*/digest.json"):
        if digest_file.parent.name not in current:
            cuts = {file.name for file in digest_file.parent.iterdir() if is_cut(file.name)}
            remove_folder(digest_file.parent, ours | cuts)


def _pages_of_cuts(folder: Path) -> list[str]:
    """Return the names of the pages for particular readers that stand in the folder of a phase."""
    return sorted(path.name for path in folder.glob("digest.*.html") if is_cut(path.name) and not path.name.endswith(".mail.html"))


def _post_lines(store: Store, days: Days) -> Iterator[Line]:
    """Yield the lines of the posts; texts are read of those alone that are written anew, with those beside them."""
    outlines = store.outlines()
    while some := list(islice(outlines, _AT_ONCE)):
        whole = cache(partial(store.posts_by_id, tuple(post.id for post, _ in some)))
        for post, content in some:
            event = days.events[post.id]
            facts = (post.source, post.title, post.author, post.posted_at, post.url, event)
            yield short_hash(post.id, content, repr(facts)), partial(_row_of, whole, post.id, event)


def _row_of(posts: Callable[[], Mapping[str, Post]], post: str, event: PostEvent) -> dict[str, Any]:
    return post_row(posts()[post], event)


def post_row(post: Post, event: PostEvent) -> dict[str, Any]:
    """Return a post as a row of ``posts.jsonl``."""
    return {
        "post": post.id,
        "source": post.source,
        "title": post.title,
        "author": post.author,
        "posted_at": post.posted_at.isoformat() if post.posted_at else None,
        "url": post.url,
        "text": post.text,
        "event": {name: _json_value(value) for name, value in asdict(event).items()},
        "comments": [
            {
                "author": comment.author,
                "posted_at": comment.posted_at.isoformat() if comment.posted_at else None,
                "start": comment.span.start,
                "end": comment.span.end,
            }
            for comment in post.comments
        ],
    }


def passage_row(passage: Passage) -> dict[str, Any]:
    """Return a passage as a row of ``passages.jsonl``."""
    row: dict[str, Any] = {
        "id": passage.id,
        "post": passage.post,
        "source": passage.source,
        "start": passage.span.start,
        "end": passage.span.end,
        "quote": passage.quote,
        "label": passage.label,
        "confidence": passage.confidence,
        "also": list(passage.also),
        "facets": list(passage.facets),
        "why": list(passage.why),
        "voice": passage.voice,
        "speaker": passage.speaker,
        "phase": passage.phase,
        "phase_by": passage.phase_by,
        "group": passage.group,
        "origin": passage.origin,
        **asdict(passage.remarks),
        "chain": [{"part": link.part, "text": link.text, "start": link.span.start, "end": link.span.end} for link in passage.chain],
    }
    if passage.action is not None:
        row["action"] = {**dict(_plain(asdict(passage.action))), "level": level_of(passage.action.where) if passage.action.where else None}
    return row


def _json_value(value: object) -> object:
    """Return a value as JSON has it: days as ISO dates, words of a post without addresses and ID numbers."""
    if isinstance(value, date):
        return value.isoformat()
    return mask(value) if isinstance(value, str) else value


def _plain(fields: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the fields with days as ISO dates."""
    for name, value in fields.items():
        if name == "when":
            yield name, [{key: day.isoformat() if hasattr(day, "isoformat") else day for key, day in when.items()} for when in value]
        else:
            yield name, list(value) if isinstance(value, tuple) else _json_value(value)
