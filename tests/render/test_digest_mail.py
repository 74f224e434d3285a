"""What a reader of the e-mail finds in one screen, and what a mail program must not be asked."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from pipeline.cuts import Cut
from pipeline.digest.cuts import cut
from pipeline.languages.th.tokens import words_of
from pipeline.records import DigestItem, Highlight, Span
from pipeline.render import FORMATS
from pipeline.render.digest_mail import ITEMS, LONGEST_NAME, LONGEST_QUOTE, mail_subject
from pipeline.render.shorten import shortened
from pipeline.render.waiting import waiting
from tests.render.conftest import unbroken

MOST_BYTES = 100_000


def mails(digest) -> tuple[str, str]:
    return tuple(unbroken(FORMATS[form][1](digest)) for form in ("mail", "mail text"))


def test_the_subject_says_how_much_waits_and_when_the_next_is_due(followed_digest):
    assert mail_subject(followed_digest) == "ค้าง 2 เรื่อง ครบกำหนด 18 เม.ย. 2550 · ระยะที่ 1: ตั้งกองทุนนำร่อง · กองทุนสวัสดิการชุมชนสามหมู่บ้าน"
    for mail in mails(followed_digest):
        assert "ค้าง 2 เรื่อง ครบกำหนด 18 เม.ย. 2550" in mail


def test_a_day_that_is_over_is_not_the_next_one(followed_digest):
    assert waiting(replace(followed_digest, last_post=date(2007, 4, 20))).due == date(2007, 4, 25)
    assert waiting(replace(followed_digest, last_post=date(2007, 5, 1))).due == date(2007, 4, 25)  # the latest of those that are over


def test_the_subject_tells_no_day_of_what_may_be_over_and_says_that_it_may_be(followed_digest):
    first, second, _ = followed_digest.followed
    over = replace(first, may_end=("done", second.opener))
    some = replace(followed_digest, followed=(over, second))
    assert mail_subject(some).startswith("ค้าง 2 เรื่อง (อาจจบแล้ว 1) ครบกำหนด 25 เม.ย. 2550 · ")
    assert mail_subject(replace(some, followed=(over,))).startswith("ค้าง 1 เรื่อง (อาจจบแล้ว รอคนยืนยัน) · ")
    assert mail_subject(replace(some, followed=(over,), followed_open=50)).startswith("ค้าง 50 เรื่อง (บางเรื่องอาจจบแล้ว) · ")


def test_nothing_waits_where_all_is_settled(followed_digest, digest):
    settled = replace(followed_digest, followed=followed_digest.followed[2:], followed_total=1)
    for each in (settled, digest):
        assert mail_subject(each).startswith("ไม่มีเรื่องค้าง")


def test_open_matters_for_which_a_digest_has_no_room_are_counted_too(followed_digest):
    part = replace(followed_digest, followed=followed_digest.followed[:2], followed_total=90, followed_open=87)
    assert mail_subject(part).startswith("ค้าง 87 เรื่อง")
    assert mail_subject(cut(part, Cut("executive"))).startswith("ค้าง 87 เรื่อง")
    assert mail_subject(cut(part, Cut("host"))).startswith("ค้าง 1 เรื่อง")


@pytest.mark.parametrize("part", ["phase", "project"])
def test_the_subject_is_one_line_whatever_the_names_hold(digest, part):
    attack = "ก\r\nBcc: all@example.org\u2028\x00"
    turned = replace(digest, phase=replace(digest.phase, name=attack)) if part == "phase" else replace(digest, project=attack)
    assert len(mail_subject(turned).splitlines()) == 1
    assert "\nBcc:" not in mails(turned)[1]


def test_both_twins_say_the_same(followed_digest, read_page):
    page, text = mails(followed_digest)
    shown = " ".join(read_page(page).text().split())
    for line in filter(None, (re.sub(r"[=]{2}", "", line).strip() for line in text.splitlines()[2:])):
        for part in re.split(r"[()]| · |https://\S+|^[\d,]+ |█+ ", line):
            assert " ".join(part.split()) in shown, part


def test_all_numbers_are_those_of_the_digest(followed_digest):
    for mail in mails(followed_digest):
        for shown in ("24 บันทึก", "1,305 ข้อความ", "1,234 ข้อ", "ยังมีอีก 1,232 ข้อ อ่านได้ในแฟ้ม digest.html", "พูดถึง 3 ครั้ง ใน 2 บันทึก", "3 ข้อ"):
            assert shown in mail


def test_a_part_whose_items_all_stand_first_says_where_they_are(followed_digest):
    [first, *_] = followed_digest.sections
    alone = replace(first, items=first.items[:1], total=1)
    told = replace(followed_digest, sections=(alone,), top=(Highlight(alone.items[0]),))
    for mail in mails(told):
        assert "1 ข้ออยู่ข้างบน ใน “เรื่องที่ควรรู้ก่อน”" in mail
        assert "ไม่พบข้อความประเภทนี้" not in mail
        assert "ยังมีอีก 1 ข้อ อ่านได้ในแฟ้ม" not in mail


def test_a_mail_asks_for_nothing_from_outside(followed_digest, read_page):
    page = read_page(mails(followed_digest)[0])
    assert not {"img", "link", "script", "iframe", "form", "object"} & set(page.tags)
    assert not re.search(r"url\(|@import|@font-face", mails(followed_digest)[0])
    assert all(address.startswith("https://") for address in page.values("href"))
    assert page.tags.count("table") == page.values("role").count("presentation") + 1  # one is a table: how many items of each kind


def test_a_moved_day_is_shown_with_the_new_one(followed_digest):
    for mail in mails(followed_digest):
        assert "เลื่อนกำหนด: 11 เมษายน 2550 → 18 เมษายน 2550" in mail


def test_what_may_have_settled_a_matter_is_told_with_its_words_and_its_post(followed_digest):
    first, *others = followed_digest.followed
    news = others[0].opener
    hinted = replace(followed_digest, followed=(replace(first, may_end=("done", news)), *others))
    said = f"อาจทำแล้ว รอคนยืนยัน: “{shortened(news.passage.quote, LONGEST_QUOTE)}” · "
    for mail, without in zip(mails(hinted), mails(followed_digest), strict=True):
        told = " ".join(mail.replace(" \n", "").split())
        assert said in told
        assert shortened(news.title, LONGEST_NAME) in told.split(said)[1][:200]
        assert "อาจทำแล้ว" not in without


def test_an_empty_digest_says_so_in_each_section(empty_digest):
    for mail in mails(empty_digest):
        assert mail.count("ไม่พบข้อความประเภทนี้ในบันทึกของระยะนี้") == 3
        assert mail.count("ไม่มีเรื่องสืบเนื่อง") == 1
        assert "ไม่ทราบวันที่" not in mail


@pytest.mark.parametrize("sign", ["ก", "<", '"', "&", "\U0001f33e"])
def test_a_mail_stays_small_however_long_the_digest_is(followed_digest, sign):
    def swollen(mention, at=0):
        said = replace(mention.passage, quote=sign * 5_000, speaker=sign * 5_000, span=Span(at, at + 5_000))
        return replace(mention, passage=said, title=sign * 5_000, author=sign * 5_000, url="https://e.org/" + "a" * 5_000)

    sections = tuple(
        replace(one, total=400, items=tuple(DigestItem(one.label, (swollen(one.items[0].evidence[0]),)) for _ in range(100)))
        for one in followed_digest.sections
    )
    first = followed_digest.followed[0]
    lines = tuple(replace(first, opener=swollen(first.opener, at), owners=(sign * 5_000,)) for at in range(40))
    phase = replace(followed_digest.phase, name=sign * 5_000)
    huge = replace(followed_digest, sections=sections, followed=lines, followed_total=400, phase=phase, project=sign * 5_000)
    assert all(len(mail.encode()) < MOST_BYTES for mail in mails(huge))
    assert mails(huge)[1].count("ยังมีอีก") == 4
    assert mails(huge)[1].count("“") == 4 * ITEMS


@pytest.mark.parametrize("most", range(2, 40))
def test_a_text_is_cut_where_a_word_ends(most):
    text = "กองทุนจะอยู่ได้ก็ต่อเมื่อสมาชิกเป็นคนตั้งกติกาเอง ไม่ใช่รับกติกาจากอำเภอ"
    cut = shortened(text, most)
    assert len(cut) <= most
    assert text.startswith(cut[:-1])
    borders = [sum(map(len, words_of(text)[:n])) for n in range(1, 30)]
    if len(words_of(text)[0]) < most:
        assert any(text[:border].rstrip() == cut[:-1] for border in borders)


@pytest.mark.parametrize("text", ["ที่" * 40, "เก้" * 40, "น้ำ" * 40, "\u0e01\u0e49" * 40])
def test_no_mark_is_cut_from_its_letter(text, monkeypatch):
    monkeypatch.setattr("pipeline.render.shorten.words_of", lambda given: [given])
    for most in range(4, 20):
        cut = shortened(text, most)
        assert text.startswith(cut[:-1])
        assert not text[len(cut) - 1 :].startswith(("ิ", "ี", "่", "้", "ำ"))
        assert not cut[:-1].endswith("เ")


def test_what_fits_is_left_alone_and_what_is_hidden_stays_hidden():
    assert shortened("ทำต่อ", 5) == "ทำต่อ"
    assert "203" not in shortened("จากเครื่อง 203.0.113.87 ของอำเภอ", 14)


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [
        ("ชาวสวนรวมกลุ่มขายผลไม้เองแล้วได้ราคาดี และวันที่ 8 มีนาคม 2550 จะเปิดตลาดนัดครั้งแรก", 60, "ชาวสวนรวมกลุ่มขายผลไม้เองแล้วได้ราคาดี…"),  # not in a day
        ("ให้ทุกบ้านส่งรายชื่อคนป่วยให้อนามัยก่อนวันที่ 10 ธันวาคม", 48, "ให้ทุกบ้านส่งรายชื่อคนป่วยให้อนามัยก่อน…"),
        ("กลุ่มแม่บ้านทำบัญชีเองได้ทุกเดือนเพราะได้ครูสมศรี ทองมาก มาสอน", 53, "กลุ่มแม่บ้านทำบัญชีเองได้ทุกเดือนเพราะได้…"),  # nor in a name
        ("นัดกันที่ศาลา 3 หลังนี้", 20, "นัดกันที่ศาลา…"),
        ("ชาวบ้านเลือกกรรมการหมู่บ้านละสองคน 7 กพ.51 แล้วเก็บเงินรอบแรก", 42, "ชาวบ้านเลือกกรรมการหมู่บ้านละสองคน…"),  # however it is written
        ("ชาวบ้านเลือกกรรมการหมู่บ้านละสองคน นัดกันวันพฤหัสบดีที่ 30 พฤศจิกายน 2549 แล้วเก็บเงินรอบแรก", 60, "ชาวบ้านเลือกกรรมการหมู่บ้านละสองคน นัดกัน…"),
        ("ส่งรายงานให้ท่านนายอำเภอในเดือนหน้า ณ หอประชุมอำเภอหลังเก่า", 40, "ส่งรายงานให้ท่านนายอำเภอในเดือนหน้า…"),
    ],
)
def test_a_text_is_cut_where_a_phrase_ends_and_in_no_day_and_no_name(text, most, shown):
    assert shortened(text, most) == shown
