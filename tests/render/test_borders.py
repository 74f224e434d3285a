"""A line ends between words: on a page as Chromium breaks it, in a message of plain text as its program joins it again."""

from __future__ import annotations

import email
import email.policy
from datetime import UTC, datetime

import pytest

from pipeline.languages.th.lines import CELLS, flowed, pieces
from pipeline.mail.composing import Content, Envelope, Sender, compose
from pipeline.render import FORMATS
from pipeline.render.borders import with_borders
from tests.render.conftest import unbroken

LINES = """() => {
  const lines = [''];
  const walk = document.createTreeWalker(document.querySelector('p'), NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(), below = 0; node; node = walk.nextNode()) {
    for (let at = 0; at < node.data.length; at += 1) {
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      const box = range.getBoundingClientRect();
      if (box.width && below && box.top > below) lines.push('');
      if (box.width) below = box.bottom - 1;
      lines[lines.length - 1] += node.data[at];
    }
  }
  return lines;
}"""
WHOLE = [
    *("ความคืบหน้า|ของ|ห้องสมุด", "หน่วยงาน| |มี|มุมมอง|ต่าง", "นัด|วันที่| |8 ม.ค. 2549| |แทน| |๑๘ มกราคม", "due| |5 January 2006"),
    *("แล้ว|ให้|คุณเอก|ช่วย", "พบ| |ผอ. สมชาย| |ที่|ศาลา", "เชิญ|นาง ทองดี| |มา", "คุณภาพ|ของ|น้ำ", "ดู| |ตา| |สี| |ขาว"),
    *("นัด| |12 มกราคม พ.ศ. 2549| |แล้ว", "เริ่ม|กุมภาพันธ์ 2554| |ครบ", "since| |May 2009"),
]
LONG = "กลุ่มออมทรัพย์ช่วยกันเตรียมข้าวของสำหรับงานวันเด็ก แล้วนัดประชุมกรรมการทุกหมู่บ้านที่ศาลากลางบ้านเพื่อแบ่งหน้าที่และส่งรายชื่อคนที่จะมาช่วยงานให้ครบก่อนวันศุกร์"


@pytest.mark.parametrize("words", ["การ|เตรียม|ของ", "ต้อง|เตรียม|คน", "ขอให้|ช่วยกัน|ต่อๆ|กัน|ไป"])
def test_a_browser_ends_lines_between_words_and_copies_the_text(chromium, words):
    text = words.replace("|", "")
    page = chromium.new_page()
    page.set_content(with_borders(f'<p style="width: 1px">{text}</p>'))
    assert page.evaluate(LINES) == words.split("|")
    page.evaluate("() => getSelection().selectAllChildren(document.querySelector('p'))")
    assert page.evaluate("() => getSelection().toString()") == text
    assert page.evaluate("(text) => { getSelection().removeAllRanges(); return window.find(text) }", text)
    page.close()


@pytest.mark.parametrize("words", WHOLE)
def test_a_browser_parts_no_word_that_it_does_not_know_and_no_day_from_its_month(chromium, words):
    text, lines = words.replace("|", ""), [line for line in words.split("|") if line.strip()]
    page = chromium.new_page()
    page.set_content(with_borders(f'<p style="width: 1px">{text}</p>'))
    assert [line.strip() for line in page.evaluate(LINES)] == [line.strip() for line in lines]
    page.evaluate("() => getSelection().selectAllChildren(document.querySelector('p'))")
    assert page.evaluate("() => getSelection().toString()") == text
    assert page.evaluate("(text) => { getSelection().removeAllRanges(); return window.find(text) }", text)
    page.close()


@pytest.mark.parametrize("text", ["ปีละ 12 มกราคมนั้น", "12/3 ม.ค.", "โทร 0812345678 ม.ค. 12345", "1234 มกราคม"])
def test_a_border_changes_no_sign_of_a_text(text):
    assert unbroken(with_borders(f"<p>{text}</p>")) == f"<p>{text}</p>"


def test_a_number_before_an_english_word_is_no_day():
    assert with_borders("<p>12 Markets, 12 Mar</p>") == "<p>12 Markets, <nobr>12 Mar</nobr></p>"


@pytest.mark.parametrize("whole", ["ผอ. สมชาย", "นาง ทองดี", "22 มกราคม 2550", "1 กพ. 49", "๑๘ มกราคม ๒๕๔๙", "5 January 2006"])
def test_a_plain_line_ends_neither_between_a_title_and_its_name_nor_within_a_day(whole):
    for room in range(2, 24):
        lines = flowed(f"{'ก' * (CELLS - room)} {whole} แล้ว").split("\n")
        assert any(whole in line for line in lines), lines


def test_numbers_in_a_row_do_not_run_out_of_a_plain_line():
    assert max(map(len, flowed("12 " * 100).split("\n"))) <= CELLS + 1


def test_a_word_that_nobody_writes_is_not_cut_out_of_two_that_people_write():
    assert pieces("ร่วมกับชุมชนปีละครั้ง")[1:3] == ["ชุมชน", "ปี"]


def test_what_is_short_stays_on_one_line(chromium, followed_digest):
    page = chromium.new_page(viewport={"width": 330, "height": 600})
    page.set_content(FORMATS["html"][1](followed_digest))
    lines = "[...document.querySelectorAll('.cite a, .date, .doubt')].map((one) => one.offsetHeight / parseFloat(getComputedStyle(one).lineHeight))"
    assert max(page.evaluate(lines)) < 1.9
    page.close()


def test_how_many_there_are_stays_on_one_line_of_a_mail(chromium, followed_digest):
    page = chromium.new_page(viewport={"width": 320, "height": 600})
    page.set_content(FORMATS["mail"][1](followed_digest))
    page.evaluate("() => document.querySelectorAll('h2 .quiet').forEach((one) => { one.parentNode.style.width = '3em' })")
    assert set(page.evaluate("() => [...document.querySelectorAll('h2 .quiet')].map((one) => one.getClientRects().length)")) == {1}
    page.close()


def test_only_texts_get_borders():
    head = '<title>นัดประชุมกลุ่ม</title><style>p::before { content: "นัดประชุม" }</style>'
    kept = f'{head}<svg><title>นัดประชุม</title><text>นัดประชุม</text></svg><p title="นัดประชุม">'
    assert with_borders(f"{kept}นัดประชุม</p>") == f"{kept}นัด<wbr>ประชุม</p>"


def test_pieces_are_the_text_and_none_begins_with_what_hangs_on_the_word_before():
    assert "".join(pieces(LONG)) == LONG
    assert pieces("ปลูกต้นไม้เล็กๆ")[-1] == "เล็กๆ"


@pytest.mark.parametrize("text", [LONG, f"   {LONG}", f"> {LONG}", "https://example.org/" + "ก" * 90, f"1. “{LONG}”\n\nจบ", "a" * 200])
def test_a_flowed_text_is_joined_again(text):
    lines = flowed(text).split("\n")
    assert unbroken("\n".join(lines)) == text
    assert all(len(line) <= 2 * CELLS or "a" * 90 in line or "ก" * 90 in line for line in lines)
    assert not any(line.startswith((">", "From ")) for line in lines)


def test_a_message_says_that_its_lines_flow():
    now = datetime(2007, 4, 1, tzinfo=UTC)
    message = compose(
        Envelope(Sender("km@example.org", "กลุ่ม"), "a@example.org", "<1@example.org>", now), Content("นัด", flowed(LONG), "<p></p>", "th")
    )
    plain = email.message_from_string(message, policy=email.policy.SMTP).get_body(("plain",))
    assert (plain.get_param("format"), plain.get_param("delsp")) == ("flowed", "yes")
    assert unbroken(plain.get_content().replace("\r\n", "\n")) == f"{LONG}\n"
