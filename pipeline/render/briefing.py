"""The first parts of a digest in Thai words: what to know, what changed, open questions, lessons used again, doubts, and for whom it is cut.

Comes in: a `Digest`. Goes out: records, the same for Markdown and HTML. Refuses nothing. A quotation that is too long for two lines is cut where a
word ends, with ….
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.render.citation import Citation, citation, how_often
from pipeline.render.followed import FollowedLine, ending, followed_line
from pipeline.render.shorten import shortened
from pipeline.render.words import day, has_word, label_name, label_names, word

if TYPE_CHECKING:
    from pipeline.records import Changes, Digest, DigestItem, Evidence, Followed, Highlight

TWO_LINES = 120  # code points of a quotation that fill two lines of a page
DOUBTS = 3  # doubtful passages that are shown
CHANGES = 3  # new items of one label, and changed matters of one kind


@dataclass(frozen=True, slots=True)
class Short:
    """A quotation on at most two lines, with what is to be known of it: that it is new, said often, due; no `label` where the heading names it.

    `review` is where its label can be put right, empty where nobody is asked to. `may_end` is how its matter may have been settled, as one of the
    `tags` says it, and by which words: a form that tells all that is followed has them there.
    """

    label: str
    tags: tuple[str, ...]
    cited: Citation
    review: str = ""
    may_end: tuple[str, Evidence] | None = None


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """What changed in one way, the first of them; `total` counts all."""

    name: str
    total: int
    items: tuple[Short, ...]
    lines: tuple[FollowedLine, ...]

    @property
    def shown(self) -> int:
        """Return how many are shown."""
        return len(self.items) + len(self.lines)


@dataclass(frozen=True, slots=True)
class Briefing:
    """All of it; a part that holds nothing is empty, `compared` says with what the changes are told."""

    top: tuple[Short, ...]
    top_none: str
    compared: str
    changes: tuple[ChangeGroup, ...]
    questions: tuple[FollowedLine, ...]
    reuse: str
    used: tuple[FollowedLine, ...]
    unused: tuple[Short, ...]
    doubts: tuple[Short, ...]
    doubts_total: int
    cut: tuple[str, ...]


def briefing(digest: Digest) -> Briefing:
    """Return the first parts of a digest."""
    bound = digest.unsure_below
    before, used = digest.lessons_before, len(digest.reused)
    unsure = doubtful(digest)
    return Briefing(
        top=tuple(_top(one, digest) for one in digest.top),
        top_none=word("top_none_in_cut") if digest.cut else word("top_none"),
        compared=_compared(digest.changes),
        changes=tuple(_changes(digest)),
        questions=tuple(_question(one, digest) for one in digest.questions),
        reuse=word("reuse_counts", total=before, used=used, unused=max(before - used, 0)) if before else "",
        used=tuple(followed_line(one, bound) for one in digest.reused),
        unused=tuple(_short(item, bound) for item in digest.unused),
        doubts=tuple(Short(label_name(one.passage.label), (), _two_lines(one, bound), _review(one, digest)) for one in unsure[:DOUBTS]),
        doubts_total=digest.cut.unsure if digest.cut else digest.unsure,
        cut=tuple(_cut(digest)),
    )


def heading(digest: Digest, part: str, usual: str) -> str:
    """Return the heading of a part, which a cut may name in its own way."""
    key = f"cut_{digest.cut.kind}_{part}" if digest.cut else ""
    return word(key) if has_word(key) else usual


def followed_before(digest: Digest) -> str:
    """Return the label before whose section stands what is followed: results come before it in a cut for those who decide."""
    return "issue" if digest.cut and digest.cut.kind == "executive" else digest.sections[0].label


def doubtful(digest: Digest) -> list[Evidence]:
    """Return the passages shown of which the machine is not sure, the least sure first."""
    mentions = [one for section in digest.sections for item in section.items for one in item.evidence]
    unsure = [one for one in mentions if one.passage.confidence < digest.unsure_below]
    return sorted(unsure, key=lambda one: (one.passage.confidence, one.passage.source, one.passage.span))


def _top(one: Highlight, digest: Digest) -> Short:
    tags = [word("top_new")] if one.new else []
    if one.due:
        late = digest.last_post is not None and one.due < digest.last_post and not one.may_end
        tags.append(word("top_moved" if one.moved else "top_overdue" if late else "top_due", day=day(one.due)))
    if one.may_end is None:
        return _short(one.item, digest.unsure_below, tags)
    told, opened = ending(*one.may_end), {mention.passage.id for mention in one.item.evidence}
    words = next((line.may_end[1] for line in (*digest.followed, *digest.questions) if line.may_end and line.opener.passage.id in opened), None)
    return replace(_short(one.item, digest.unsure_below, [*tags, told]), may_end=(told, words) if words else None)


def _short(item: DigestItem, bound: float, tags: list[str] | None = None) -> Short:
    often = how_often(item)
    return Short(label_name(item.label), (*(tags or ()), *([often] if often else ())), _two_lines(item.evidence[0], bound))


def _review(mention: Evidence, digest: Digest) -> str:
    return f"{digest.review_at}/?open={mention.passage.id}" if digest.review_at else ""


def _two_lines(mention: Evidence, bound: float) -> Citation:
    return replace(citation(mention, bound), quote=shortened(mention.passage.quote, TWO_LINES), why="")


def _compared(changes: Changes) -> str:
    if changes.basis != "compared":
        return word(f"changes_{changes.basis}")
    if not (changes.new or changes.followed):
        return word("changes_none")
    if changes.last_post:
        return word("changes_since", posts=word("posts_count", n=changes.posts), day=day(changes.last_post))
    return word("changes_since_undated", posts=word("posts_count", n=changes.posts))


def _changes(digest: Digest) -> list[ChangeGroup]:
    """Return what changed: first what is new, then what became of what was followed."""
    changes, bound = digest.changes, digest.unsure_below
    groups = [
        ChangeGroup(
            word("changes_new", label=label_names(section.label)),
            section.total,
            tuple(replace(_short(item, bound), label="") for item in section.items[:CHANGES]),
            (),
        )
        for section in changes.new
    ]
    totals = dict(changes.followed_totals)
    for kind in dict.fromkeys(kind for kind, _ in changes.followed):
        lines = [line for own, line in changes.followed if own == kind]
        shown = tuple(_brief_line(line, digest) for line in lines[:CHANGES])
        groups.append(ChangeGroup(word(f"change_{kind}"), totals.get(kind, len(lines)), (), shown))
    return groups


def _brief_line(line: Followed, digest: Digest) -> FollowedLine:
    """Return a line whose quotations fill at most two lines each."""
    bound = digest.unsure_below
    told = followed_line(line, bound, digest.last_post)
    last, may_end = (_two_lines(one, bound) if one else None for one in (line.last, line.may_end[1] if line.may_end else None))
    return replace(told, opener=_two_lines(line.opener, bound), last=last, may_end=may_end)


def _question(line: Followed, digest: Digest) -> FollowedLine:
    """Return a question; that it is one and waits for news is said once, by the heading of its part."""
    told = followed_line(line, digest.unsure_below, digest.last_post)
    known = {word("followed_kind"), *([word("state")] if line.state == "open" else [])}
    return replace(told, facts=tuple((name, said) for name, said in told.facts if name not in known))


def _cut(digest: Digest) -> list[str]:
    """Return for whom the digest is cut, and since when posts count."""
    cut = digest.cut
    if cut is None:
        return []
    names = [name for name in (cut.agency, cut.area, *cut.roles) if name]
    said = [word(f"cut_{cut.kind.replace('-', '_')}"), *([word("cut_for", names=" ".join(names))] if names else [])]
    if cut.kind == "pre-meeting":
        said.append(word("cut_since", day=day(cut.since)) if cut.since else word("cut_since_unknown"))
    return said
