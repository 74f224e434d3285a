"""One page is one page: for those who decide and for the host, as a page and in Word, however long the digest is."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

import docx
import pytest

from pipeline.cuts import Cut
from pipeline.digest.cuts import cut
from pipeline.records import Section, Span
from pipeline.render import FORMATS, documents
from pipeline.render.sheet import SHEETS, sheet

LONG = "ที่ประชุมขอให้กรรมการทุกหมู่บ้านช่วยกันสำรวจบ่อน้ำและลำเหมืองที่ชำรุดให้ครบก่อนหน้าฝน แล้วส่งบัญชีให้ช่างของตำบลดูพร้อมกัน " * 3


@pytest.fixture(name="long", params=sorted(SHEETS))
def _long(request, followed_digest):
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
    made = cut(whole, Cut(request.param))
    return replace(made, sections=tuple(sections), followed=lines, followed_total=30)


def test_it_prints_on_one_page(chromium, long):
    page = chromium.new_page()
    page.set_content(FORMATS["html"][1](long))
    printed = page.pdf(prefer_css_page_size=True)
    page.close()
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) == 1


def test_every_part_is_bounded_and_says_how_much_more_there_is(long):
    parts = {part.id: part for part in sheet(long).parts}
    for name, most in SHEETS[long.cut.kind].items():
        assert len(parts[name].lines) <= most
        assert parts[name].more or name == "top"


def test_nothing_stands_on_it_twice(long):
    anchors = [line.cited.anchor for part in sheet(long).parts for line in part.lines]
    assert len(anchors) == len(set(anchors))


def test_word_has_the_same_lines_without_cover_and_contents(long):
    written = [paragraph.text for paragraph in docx.Document(BytesIO(documents()["docx"][1](long))).paragraphs]
    for part in sheet(long).parts:
        for line in part.lines:
            assert any(line.cited.quote in text for text in written)
    assert not any("สารบัญ" in text for text in written)
