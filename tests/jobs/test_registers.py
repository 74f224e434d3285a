"""The registers of a run: from the posts to the digests of each phase, every line leading to a mark on the page of its post."""

import json
import re

import pytest

import pipeline.jobs.registers as registers_of

FIRST = (
    "วงเดือนมกราคม\n\nวงเครือข่ายยังขาดหอการค้าและภาคเอกชน ส่วน พอช. ส่งตัวแทนมาสองคน\n\n"
    "ตกลงกันว่าจะนัดเปิดบัญชีที่ ต.หนองเสือ วันที่ 9 มกราคม 2550\n\nคนทำงานระยะแรกมากันครบ\n"
)
SECOND = (
    "วงเดือนพฤษภาคม\n\nวิธีนี้คือหม้อข้าวโมเดล ตั้งเป้าไว้ 40 ครัวเรือน เอาเข้าจริง 52 ครัวเรือน\n\n"
    "ตกลงกันว่าจะนัดประชุมที่ ต.ดอนพุด วันที่ 9 พฤษภาคม 2552\n\nคนทำงานระยะหลังมากันครบ\n"
)


@pytest.fixture
def out(team):
    team.write(first_txt=FIRST, second_txt=SECOND)
    order = team.order(config=team.configure(("early", 'cues = ["ระยะแรก"]'), ("late", 'cues = ["ระยะหลัง"]')))
    team.run(order)
    return order.out


def registers(out, phase):
    rows = json.loads((out / phase / "digest.json").read_text(encoding="utf-8"))["registers"]
    return {row["register"]: row["lines"] for row in rows}


def told(lines):
    return [(line["kind"], line["name"]) for line in lines]


def test_each_phase_has_the_registers_of_its_posts(out):
    early, late = registers(out, "early"), registers(out, "late")
    assert told(early["areas"]) == [("planned", "ต.หนองเสือ")]
    assert {*told(early["partners"])} == {("absent", "หอการค้า"), ("absent", "ภาคเอกชน"), ("at-table", "สถาบันพัฒนาองค์กรชุมชน (องค์การมหาชน)")}
    assert told(late["terms"]) == [("term", "หม้อข้าวโมเดล")]
    assert told(late["card"]) == [("above", None)]


def test_a_place_of_an_earlier_phase_is_told_as_quiet_in_the_later(out):
    assert ("quiet", "ต.หนองเสือ") in told(registers(out, "late")["areas"])


def test_every_quotation_is_the_text_of_its_post_and_is_marked_on_its_page(out, rows):
    texts = {row["post"]: row["text"] for row in rows(out / "posts.jsonl")}
    mentions = [each for phase in ("early", "late") for lines in registers(out, phase).values() for line in lines for each in line["mentions"]]
    assert len(mentions) > 6
    for each in mentions:
        assert texts[each["post"]][each["start"] : each["end"]] == each["quote"]
        path, _, place = each["page"].partition("#")
        assert re.search(f'id="{place}"', (out / "early" / path).read_text(encoding="utf-8"))


def test_what_was_read_before_is_told_as_if_it_were_read_now(team, monkeypatch):
    team.write(first_txt=FIRST, second_txt=SECOND)
    phases = (("early", 'cues = ["ระยะแรก"]'), ("late", 'cues = ["ระยะหลัง"]'))
    order = team.order(config=team.configure(*phases))
    team.run(order)
    read = []
    through = registers_of.read_post
    monkeypatch.setattr(registers_of, "read_post", lambda post, *told: read.append(post.source) or through(post, *told))
    team.write(third_txt=FIRST.replace("9 มกราคม", "10 มกราคม").replace("หอการค้า", "วัด"))
    team.run(order)
    assert read == ["third.txt"]
    fresh = team.order(out=team.home / "fresh", config=order.config)
    team.run(fresh)
    assert registers(order.out, "early") == registers(fresh.out, "early")
    assert registers(order.out, "late") == registers(fresh.out, "late")
