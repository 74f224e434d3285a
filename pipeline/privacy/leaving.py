"""What may leave the team: a digest, its threads and its posts as a reader outside gets them.

Comes in: records of the team. Goes out: the same records in which telephone numbers, e-mail addresses, LINE IDs, house numbers and, unless the
settings show them, the names of private persons read ▮, one ▮ however long the words were. Refuses nothing. A quotation stays a quotation, and keeps
its id, its places in the post and its links; how many there were of each kind is counted by place, every passage once, and never the words.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Literal
from urllib.parse import unquote

from pipeline.masks import as_one, covered, never_shown, private_in
from pipeline.privacy.contacts import contacts_in
from pipeline.privacy.people import People
from pipeline.privacy.within import evidence_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pipeline.charts import Charts
    from pipeline.followed import Thread, ThreadEvent
    from pipeline.masks import Private
    from pipeline.privacy.reading import Counted
    from pipeline.records import ActionFields, Actor, Digest, DigestItem, Evidence, Followed, Passage, Post, Section
    from pipeline.settings import Privacy, Reader, Settings

_PARTS = re.compile("[/?&=#]")
_KEPT = 4_096  # texts whose private stretches are remembered
_LONGEST = 2_000  # code points of a text that is remembered: a whole post is looked through once
_Holds = Literal["text", "field", "name"]


def for_reader(digest: Digest, reader: Reader, settings: Settings) -> Digest:
    """Return what a reader may get of a digest: all of it within the team, without personal data outside."""
    return Leaving([digest], settings.privacy).digest(digest) if reader.outside else digest


class Leaving:
    """Masks what leaves the team, and counts what it masked; the persons of some digests are known by name in all that leaves."""

    def __init__(self, digests: Iterable[Digest], privacy: Privacy) -> None:
        """Learn who is named in the digests."""
        evidence = list(chain.from_iterable(map(evidence_of, digests)))
        texts = sorted({text for one in evidence for text in (one.passage.quote, one.title) if text})
        passages = [one.passage for one in evidence]
        names = {one.author for one in evidence} | {one.speaker for one in passages if one.voice != "quoted"}
        told = {one.speaker for one in passages} | {who.text for one in passages if one.action for who in one.action.who}
        self._people = People(texts, filter(None, names), filter(None, told)) if privacy.private_names == "mask" else None
        self._passages: dict[str, Passage] = {}
        self._looked_up = lru_cache(_KEPT)(self._look)  # the same titles, names and topics stand in many places
        self.counted: Counted = Counter()

    def digest(self, digest: Digest) -> Digest:
        """Return a digest as it may leave."""
        changes = replace(
            digest.changes,
            new=tuple(map(self._section, digest.changes.new)),
            followed=tuple((kind, self._line(line)) for kind, line in digest.changes.followed),
        )
        return replace(
            digest,
            sections=tuple(map(self._section, digest.sections)),
            registers=tuple(map(self._section, digest.registers)),
            followed=tuple(map(self._line, digest.followed)),
            questions=tuple(map(self._line, digest.questions)),
            reused=tuple(map(self._line, digest.reused)),
            unused=tuple(map(self.item, digest.unused)),
            top=tuple(replace(one, item=self.item(one.item)) for one in digest.top),
            changes=changes,
            charts=self._charts(digest.charts),
            review_at=None,
        )

    def _charts(self, charts: Charts) -> Charts:
        """Return charts with the names of their bars as they may leave: a place may bear the name of who lives there."""
        bars = (replace(one, bins=tuple(replace(each, name=self.text(each.name, "chart")) for each in one.bins)) for one in charts.bars)
        return replace(charts, bars=tuple(bars))

    def item(self, item: DigestItem) -> DigestItem:
        """Return an item as it may leave; it is told by as many sources as before."""
        return replace(
            item,
            said_by=item.sources,
            evidence=tuple(map(self.evidence, item.evidence)),
            name=self.text(item.name, "register"),
            facts=tuple((name, self.text(said, "register")) for name, said in item.facts),
        )

    def evidence(self, one: Evidence) -> Evidence:
        """Return a passage, its title, its author and its address as they may leave."""
        return replace(
            one,
            passage=self.passage(one.passage),
            title=self._maybe(one.title, "title"),
            author=self._person(one.author, "author", surely=True),
            url=self._address(one.url),
        )

    def passage(self, passage: Passage) -> Passage:
        """Return a passage as it may leave."""
        if passage.id not in self._passages:
            self._passages[passage.id] = self._masked(passage)
        kept = self._passages[passage.id]
        return replace(kept, phase=passage.phase, phase_by=passage.phase_by, group=passage.group)

    def thread(self, thread: Thread) -> Thread:
        """Return a thread as it may leave."""
        return replace(
            thread,
            title=self.text(thread.title, "thread"),
            owners=self._owners(thread.owners),
            events=tuple(map(self._event, thread.events)),
            day_doubt=self._event(thread.day_doubt) if thread.day_doubt else None,
            end_doubt=self._event(thread.end_doubt) if thread.end_doubt else None,
            asks=tuple(replace(ask, answers=tuple(map(self.passage, ask.answers))) for ask in thread.asks),
        )

    def _event(self, event: ThreadEvent) -> ThreadEvent:
        return replace(event, passage=self.passage(event.passage))

    def post(self, post: Post) -> Post:
        """Return a post as it may leave: every offset in its text stays, so that its passages stand where they stood."""
        return replace(
            post,
            text=covered(post.text, self._found(post.text, "post")),
            title=self._maybe(post.title, "title"),
            author=self._person(post.author, "author", surely=True),
            comments=tuple(replace(one, author=self._person(one.author, "author", surely=True)) for one in post.comments),
            url=self._address(post.url),
            blog=self._maybe(post.blog, "title"),
        )

    def text(self, text: str, place: str) -> str:
        """Return a text as it may leave."""
        return as_one(covered(text, self._found(text, place)))

    def _masked(self, passage: Passage) -> Passage:
        signs = covered(passage.quote, self._found(passage.quote, "quote"))

        def part(text: str) -> str:
            """Return a text of the passage: what is masked in the quotation is masked in its part, though it be cut there."""
            place = passage.quote.find(text)
            return as_one(signs[place : place + len(text)]) if place >= 0 else self.text(text, "field")

        remarks = passage.remarks
        return replace(
            passage,
            quote=as_one(signs),
            source=self.text(passage.source, "source"),
            speaker=self._person(passage.speaker, "speaker", surely=passage.voice != "quoted"),
            why=tuple(map(part, passage.why)),
            action=self._action(passage.action, part) if passage.action else None,
            chain=tuple(replace(link, text=part(link.text)) for link in passage.chain),
            remarks=replace(
                remarks, hedges=tuple(map(part, remarks.hedges)), figures=tuple(replace(one, text=part(one.text)) for one in remarks.figures)
            ),
        )

    def _action(self, action: ActionFields, part: Callable[[str], str]) -> ActionFields:
        def some(text: str | None) -> str | None:
            return part(text) if text else text

        return replace(
            action,
            who=tuple(self._actor(actor, part) for actor in action.who),
            what=some(action.what),
            where=some(action.where),
            until=some(action.until),
            when=tuple(replace(when, text=part(when.text)) for when in action.when),
            decided_by=self._person(action.decided_by, "field"),
            advised_by=self._person(action.advised_by, "field"),
        )

    def _actor(self, actor: Actor, part: Callable[[str], str]) -> Actor:
        text = self._person(part(actor.text), "field")
        return replace(actor, text=text or "", name=self._person(actor.name, "field"))

    def _line(self, line: Followed) -> Followed:
        return replace(
            line,
            opener=self.evidence(line.opener),
            last=self.evidence(line.last) if line.last else None,
            may_end=(line.may_end[0], self.evidence(line.may_end[1])) if line.may_end else None,
            owners=self._owners(line.owners),
            title=self._maybe(line.title, "thread"),
            asks=tuple((question, tuple(map(self.evidence, answers))) for question, answers in line.asks),
            disputes=tuple(map(self.evidence, line.disputes)),
            after=tuple(self.text(title, "thread") for title in line.after),
        )

    def _section(self, section: Section) -> Section:
        return replace(section, items=tuple(map(self.item, section.items)))

    def _owners(self, owners: Iterable[str]) -> tuple[str, ...]:
        return tuple(self._person(owner, "owner") or "" for owner in owners)

    def _maybe(self, text: str | None, place: str) -> str | None:
        return self.text(text, place) if text else text

    def _person(self, written: str | None, place: str, *, surely: bool = False) -> str | None:
        """Return the name of a person as it may leave, with the title that stands before it."""
        if not written:
            return written

        return as_one(covered(written, self._found(written, place, "name" if surely else "field")))

    def _address(self, url: str | None) -> str | None:
        """Return an address of the web, None where it tells of a person."""
        parts = _PARTS.sub(" ", unquote(url)) if url else ""
        return url if not self._found(parts, "address") else None

    def _found(self, text: str, place: str, holds: _Holds = "text") -> list[Private]:
        found = (self._looked_up if len(text) <= _LONGEST else self._look)(text, holds)
        self.counted.update((one.kind, place) for one in found)
        return found

    def _look(self, text: str, holds: _Holds) -> list[Private]:
        """Return what must not leave in what is a text, a field that may name somebody, or somebody's name."""

        def find(seen: str) -> Iterator[Private]:
            yield from never_shown(seen)
            yield from contacts_in(seen)
            if self._people:
                yield from self._people.in_text(seen) if holds == "text" else self._people.in_field(seen, surely=holds == "name")

        return private_in(text, find)
