"""Charts: real text in the page, a text alternative, numbers as a table, told apart without colour; Word draws its own; a cut has none."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from pipeline.charts import Bars, Bin, Charts, Lane, Timeline
from pipeline.cuts import Cut
from pipeline.digest.cuts import cut
from pipeline.render import FORMATS, index_page
from pipeline.render.chart_shapes import wide
from pipeline.render.chart_svg import chart_svg
from pipeline.render.charts import drawn
from pipeline.render.digest_docx import digest_docx
from pipeline.render.words import speaking
from tests.render.conftest import unbroken

ATTACK = "</text><script>alert(1)</script>{{ 7*7 }}\u202eกลับ"
LABELS = ("lesson", "issue", "action")
CHARTS = Charts(
    bars=(
        Bars("posts", ("posts",), (Bin((2,), date(2008, 1, 1)), Bin((0,), date(2008, 2, 1)), Bin((0,), date(2008, 3, 1)), Bin((1,))), "month"),
        Bars("actions", ("planned", "done", "untold"), (Bin((3, 0, 1), date(2008, 1, 1)), Bin((0, 2, 0), date(2008, 4, 1))), "quarter"),
        Bars("places", LABELS, (Bin((1, 0, 4), name="ต.ปากน้ำฝั่งโน้น"), Bin((0, 2, 0), name=ATTACK)), more=3),
    ),
    lines=(
        Timeline(
            "matters",
            (Lane("", 1, "moved", date(2008, 1, 5), date(2008, 3, 9), (("moved", date(2008, 1, 5)), ("due", date(2008, 3, 9)))),),
            date(2008, 1, 5),
            date(2008, 3, 9),
            date(2008, 2, 1),
            more=1,
        ),
    ),
    by_event=1,
)


@pytest.fixture(name="charted")
def _charted(followed_digest):
    return replace(followed_digest, charts=CHARTS)


@pytest.fixture(name="pictures")
def _pictures(charted):
    return [ET.fromstring(str(chart_svg(one))) for one in drawn(CHARTS, charted.followed)]  # noqa: S314 - our own


def texts(picture):
    return " ".join(part.text or "" for part in picture.iter("text"))


def test_every_picture_has_a_title_and_a_text_alternative_with_its_numbers(pictures):
    for picture in pictures:
        names = picture.get("aria-labelledby").split()
        assert picture.get("role") == "img"
        assert [picture[0].get("id"), picture[1].get("id")] == names
        assert picture[0].text in picture[1].text
    assert "บันทึก 3" in pictures[1][1].text
    assert "ไม่พบบันทึก: ก.พ. 2551 – มี.ค. 2551" in pictures[1][1].text


def test_words_are_text_in_the_page_and_nothing_runs(pictures):
    assert "ต.ปากน้ำฝั่งโน้น" in texts(pictures[3])
    for picture in pictures:
        assert {part.tag for part in picture.iter()} <= {"svg", "title", "desc", "defs", "pattern", "rect", "path", "circle", "line", "text", "g"}
        assert not [name for part in picture.iter() for name in part.attrib if name.startswith("on") or name == "href"]


def test_a_matter_is_told_in_the_words_that_the_digest_shows(charted):
    first, *rest = charted.followed
    masked = replace(first, title=None, opener=replace(first.opener, passage=replace(first.opener.passage, quote="▮▮▮ นัดไว้ที่ศาลา")))
    picture = texts(ET.fromstring(str(chart_svg(drawn(CHARTS, (masked, *rest))[0]))))  # noqa: S314 - our own
    assert "1. “▮ นัดไว้ที่ศาลา”" in picture
    assert first.opener.passage.quote[:12] not in picture


def test_what_one_passage_opened_is_quoted_in_its_first_lane_alone(charted):
    [lane] = CHARTS.lines[0].lanes
    line = replace(CHARTS.lines[0], lanes=(lane, replace(lane, count=2)))
    first = charted.followed[0]
    [matters] = drawn(Charts(lines=(line,)), (first, replace(first, owners=("ลุงดำ",))))
    assert matters.lanes[0].startswith("1. “")
    assert matters.lanes[1] == "2. ข้อความเดียวกับข้อ 1"


def test_series_differ_in_their_hatching_and_not_in_colour_alone(pictures):
    for picture in pictures[2:]:
        hatchings = ["".join(ET.tostring(part, encoding="unicode") for part in pattern) for pattern in picture.iter("pattern")]
        assert len(set(hatchings)) == len(hatchings) == 3
        used = {part.get("fill") for part in picture.iter("rect") if part.get("class") == "box"}
        assert used == {f"url(#{pattern.get('id')})" for pattern in picture.iter("pattern")}


def test_a_step_without_posts_is_an_empty_frame(pictures):
    assert sum(part.get("class") == "gap" for part in pictures[1].iter("rect")) == 2
    assert not [part for part in pictures[2].iter("rect") if part.get("class") == "gap"]


def test_the_bars_are_as_high_as_their_numbers_say(pictures):
    heights = [float(part.get("height")) for part in pictures[1].iter("rect") if part.get("class") == "box"]
    assert heights[0] == pytest.approx(2 * heights[1])


def test_everything_stands_inside_the_picture(pictures):
    for picture in pictures:
        _, _, wide, high = map(float, picture.get("viewBox").split())
        for part in picture.iter():
            for name, most in (("x", wide), ("x1", wide), ("x2", wide), ("y", high), ("y1", high), ("y2", high)):
                assert -1 <= float(part.get(name, 0)) <= most + 1, ET.tostring(part, encoding="unicode")


def test_no_name_of_a_month_stands_on_another():
    line = Timeline("project", (Lane("ระยะที่ 1", 1, "", date(2009, 7, 1), date(2010, 5, 3), ()),), date(2009, 6, 20), date(2010, 5, 3), None)
    picture = ET.fromstring(str(chart_svg(drawn(Charts(lines=(line,)), ())[0])))  # noqa: S314 - our own picture
    names = [(float(part.get("x")), part.text) for part in picture.iter() if part.get("text-anchor") == "middle"]
    assert len(names) > 5
    assert all(after - before > wide(words) for (before, words), (after, _) in pairwise(names))


@pytest.mark.parametrize("form", ["html", "markdown", "json"])
def test_every_form_tells_the_same_numbers(charted, form):
    text = unbroken(FORMATS[form][1](charted))
    for number in ('"values": [\n        3,', "4") if form == "json" else ("ต.ปากน้ำฝั่งโน้น", "ม.ค. 2551", "ไตรมาส 2/2551", "ไม่ทราบวันที่"):
        assert re.sub(r"\s+", " ", number) in re.sub(r"\s+", " ", text)


def test_the_numbers_stand_in_a_table_with_heads(charted, read_page):
    page = read_page(FORMATS["html"][1](charted))
    assert page.tags.count("svg") == 4
    assert page.tags.count("figcaption") == 4
    assert "script" not in page.tags
    assert "แสดง" not in page.text().split("ตัวเลขของแผนภูมิ")[1].split("</table>")[0][:20]


def test_a_chart_by_time_that_knows_no_day_is_left_out(digest):
    undated = replace(digest, charts=Charts((Bars("posts", ("posts",), (Bin((3,)),), "month"),)))
    assert drawn(undated.charts) == []
    assert "<svg" not in FORMATS["html"][1](undated)


def test_a_cut_has_no_charts_since_it_has_other_numbers(charted):
    assert cut(charted, Cut("executive")).charts.bars == ()
    assert "<svg" not in FORMATS["html"][1](cut(charted, Cut("executive")))


def test_the_index_draws_the_project(digest, read_page):
    phase = Lane("ระยะแรก", 3, "", date(2008, 1, 1), date(2008, 6, 30), (("post", date(2008, 2, 3)),))
    line = Timeline("project", (phase, replace(phase, name=ATTACK)), date(2008, 1, 1), date(2008, 6, 30), date(2008, 2, 3))
    page = read_page(index_page(digest.project, [digest], [], [], charts=replace(CHARTS, lines=(line,))))
    assert page.tags.count("svg") == 4
    assert "ระยะแรก" in page.text()
    assert "script" not in page.tags


def test_word_draws_its_own_charts_with_a_text_alternative(charted):
    with zipfile.ZipFile(BytesIO(digest_docx(charted))) as made:
        charts = sorted(name for name in made.namelist() if name.startswith("word/charts/"))
        assert len(charts) == 3
        xml = [made.read(name).decode() for name in charts]
        document = made.read("word/document.xml").decode()
    for one in map(ET.fromstring, xml):
        assert one.tag.endswith("chartSpace")
    assert "ต.ปากน้ำฝั่งโน้น" in xml[2]
    assert "<script>" not in "".join(xml)
    assert "alert(1)" in xml[2]  # a name keeps its digits
    assert "ม.ค. ๒๕๕๑" in xml[0]
    assert len(re.findall(r'<wp:docPr [^>]*descr="[^"]{20,}"', document)) == 3
    assert digest_docx(charted) == digest_docx(charted)


def test_english_charts_have_english_words_and_days(charted):
    with speaking("en"):
        picture = texts(ET.fromstring(str(chart_svg(drawn(CHARTS, charted.followed)[1]))))  # noqa: S314 - our own
        page = FORMATS["html"][1](charted)
    assert "Feb" in picture
    assert "2008" in picture
    assert "No posts: Feb 2008 – Mar 2008" in page
