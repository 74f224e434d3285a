"""เรื่องสืบเนื่อง in Thai words: what was opened, how it stands, and the last that was heard of it.

Comes in: the `Followed` lines of a digest and the bound of doubt. Goes out: `FollowedLine` records, the same for Markdown and HTML. Refuses nothing.
A day that has been moved is shown as old → new, never alone; both sides of a disagreement stand below one another, neither as the winner.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from pipeline.followed import MATTERS, MEETINGS, SETTLED
from pipeline.render.citation import Citation, citation
from pipeline.render.display import on_one_line
from pipeline.render.shorten import shortened
from pipeline.render.words import day, word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.followed import Thread
    from pipeline.records import Digest, Followed


@dataclass(frozen=True, slots=True)
class FollowedLine:
    """One line as a reader sees it; `heard` says what the last passage tells, empty where nothing was heard.

    `above` is the number of the first line that the same passage opened, 0 where this is the first. `may_end` would settle the matter if somebody
    confirmed it, `ending` says in which way.
    """

    facts: tuple[tuple[str, str], ...]
    opener: Citation
    last: Citation | None
    heard: str
    settled: bool
    asks: tuple[tuple[str, tuple[Citation, ...]], ...] = ()
    disputes: tuple[Citation, ...] = ()
    above: int = 0
    may_end: Citation | None = None
    ending: str = ""

    @property
    def opened(self) -> str:
        """Return the quotation that opened a matter; where it stands above, where."""
        return self.opened_in("")

    def opened_in(self, part: str, most: int | None = None) -> str:
        """Return the same in a part whose lines have its number before theirs, with a quotation of at most so many code points."""
        if self.above:
            return word("same_passage", n=f"{part}{self.above}")
        return word("quote", text=self.opener.quote if most is None else shortened(self.opener.quote, most))

    @property
    def news(self) -> tuple[tuple[str, Citation], ...]:
        """Return the last that was heard, and what may have settled the matter, each with its name."""
        heard = ((self.heard, self.last), (self.ending, self.may_end))
        return tuple((name, one) for name, one in heard if one)

    @property
    def unanswered(self) -> str:
        """Return the questions of a carried topic of which nothing was heard, behind one another; empty where each has an answer."""
        return " · ".join(question for question, answers in self.asks if not answers)


def followed_in(digest: Digest) -> list[FollowedLine]:
    """Return the first lines of a digest in its order."""
    first: dict[str, int] = {}
    lines = []
    for number, one in enumerate(digest.followed[:MATTERS], start=1):
        above = first.setdefault(one.opener.passage.id, number)
        lines.append(replace(followed_line(one, digest.unsure_below, digest.last_post), above=above if above < number else 0))
    return lines


def followed_rest(digest: Digest) -> str:
    """Say where the lines stand for which a digest has no room; empty where all are shown."""
    shown, total = min(len(digest.followed), MATTERS), digest.followed_total
    if total <= shown:
        return ""
    return word("followed_shown_cut", n=shown, total=total) if digest.cut else word("followed_shown", n=shown, total=total)


def followed_line(one: Followed, unsure_below: float, today: date | None = None) -> FollowedLine:
    """Return one line in words; a day before `today`, the day of the last post, is told as gone by where the matter is open."""
    last = citation(one.last, unsure_below) if one.last else None
    return FollowedLine(
        tuple(_facts(one, today)),
        citation(one.opener, unsure_below),
        last,
        word(f"heard_{one.relation}" if one.kind != "reuse" else f"reuse_{one.relation}") if one.relation else "",
        one.state in SETTLED,
        tuple((word(f"ask_{question}"), tuple(citation(each, unsure_below) for each in answers)) for question, answers in one.asks),
        tuple(citation(each, unsure_below) for each in one.disputes),
        may_end=citation(one.may_end[1], unsure_below) if one.may_end else None,
        ending=ending(one.kind, one.may_end[0]).capitalize() if one.may_end else "",
    )


def _facts(one: Followed, today: date | None) -> Iterator[tuple[str, str]]:
    """Yield what is known of a matter beside its passages."""
    yield word("followed_kind"), word(f"kind_{one.kind.replace('-', '_')}")
    if one.title:
        yield word("followed_title"), word("quote", text=on_one_line(one.title))
    yield word("state"), state_told(one.kept, one.state, ending(one.kind, one.may_end[0]) if one.may_end else None)
    yield from days_told(one, today)
    if one.unheard_since:
        yield word("followed_unheard"), word("unheard_since", day=day(one.unheard_since))
    if one.owners:
        yield word("who"), ", ".join(map(on_one_line, one.owners))
    if one.after:
        yield word("followed_after"), ", ".join(word("quote", text=on_one_line(title)) for title in one.after)


def state_told(kept: str | None, state: str, doubt: str | None = None) -> str:
    """Return how a matter stands, and in brackets what is not sure of it.

    Of a commitment it is told whether it is kept, unless the last that was heard is that it was put off or given up.
    """
    told = word(f"kept_{kept.replace(' ', '_')}") if kept and state not in {"moved", "dropped"} else word(f"thread_{state}")
    if doubt is None:
        return told
    no_news = told in {word("thread_open"), word("kept_no_news")}
    return word("state_doubted", state=word("thread_open_doubted") if no_news else told, doubt=doubt)


def news_told(thread: Thread) -> str:
    """Return how a matter stands, and in which way unconfirmed news would settle it."""
    return state_told(thread.kept, thread.state, ending(thread.kind, thread.end_doubt.relation) if thread.end_doubt else None)


def ending(kind: str, relation: str) -> str:
    """Return in words how unconfirmed news would settle a matter: a trouble is solved where others are done."""
    return word(f"thread_maybe_{'solved' if (kind, relation) == ('issue', 'done') else relation}")


def days_told(one: Followed, today: date | None) -> Iterator[tuple[str, str]]:
    """Yield what is known of the day of a matter: whence and whither it moved, or for when it is set, and whether that is in doubt."""
    if one.moved:
        yield word("followed_moved"), " → ".join(map(_day, (one.moved[0][0], *(after for _, after in one.moved))))
    if one.doubted:
        yield word("followed_due"), doubted_day(one.due, one.may_be)
    elif one.due and not one.moved:
        late = today is not None and one.due < today and one.state not in SETTLED and one.kind not in MEETINGS and not one.may_end
        yield word("followed_overdue") if late else word("followed_due"), day(one.due)


def doubted_day(due: date | None, may_be: date | None) -> str:
    """Return in words a day that unconfirmed news would move: the one that was set, and the one that it may be by now."""
    told = [*([day(due)] if due else []), *([word("day_may_be", day=day(may_be))] if may_be else [])]
    return word("day_doubted", days=" ".join(told)) if told else word("day_unknown")


def _day(written: str) -> str:
    return day(date.fromisoformat(written))
