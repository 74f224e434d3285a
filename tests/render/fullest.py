"""The cuts that are one page, of a digest in which every part has more than fits; made up for the tests."""

from __future__ import annotations

from dataclasses import replace

from pipeline.cuts import Cut
from pipeline.digest.cuts import cut
from pipeline.records import Highlight, Section, Span

LONG = "ที่ประชุมขอให้กรรมการทุกหมู่บ้านช่วยกันสำรวจบ่อน้ำและลำเหมืองที่ชำรุดให้ครบก่อนหน้าฝน แล้วส่งบัญชีให้ช่างของตำบลดูพร้อมกัน " * 3


def fullest(followed_digest, kind):
    """Return a cut of a digest in which every part has more than fits, all of it in long words."""

    def longer(evidence, place):
        passage = replace(evidence.passage, quote=f"{place} {LONG}", span=Span(1_000 * place, 1_000 * place + 400), action=None)
        return replace(evidence, passage=passage, title=LONG, author=LONG)

    first = followed_digest.sections[0].items[0].evidence[0]
    sections = [
        Section(one.label, 30, tuple(replace(one.items[0], evidence=(longer(replace(first, passage=replace(first.passage, label=one.label)), at),))
                                     for at in range(base, base + 30)))
        for base, one in zip((100, 200, 300), followed_digest.sections, strict=True)
    ]  # fmt: skip
    opener = followed_digest.followed[0]
    lines = tuple(replace(opener, state="open", opener=longer(opener.opener, at), last=longer(opener.opener, at + 50)) for at in range(400, 430))
    questions = tuple(replace(opener, kind="question", opener=longer(opener.opener, at)) for at in range(500, 520))
    whole = replace(followed_digest, sections=tuple(sections), followed=lines, followed_total=30, questions=questions, questions_total=20)
    made = cut(whole, Cut(kind))
    top = tuple(Highlight(replace(sections[at].items[0], evidence=(longer(first, 600 + at),))) for at in range(3))
    return replace(made, sections=tuple(sections), followed=lines, followed_total=30, top=top if kind == "executive" else ())


def with_room(full):
    """Return a full cut without lessons, actions and things to know first, so that its other parts have room."""
    return replace(full, sections=tuple(one if one.label == "issue" else Section(one.label, 0, ()) for one in full.sections), top=())
