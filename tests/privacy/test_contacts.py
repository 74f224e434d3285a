"""Telephone numbers, e-mail, LINE IDs and house numbers: hits, and what looks like them."""

from __future__ import annotations

import pytest

from pipeline.masks import as_one, covered, private_in
from pipeline.privacy.contacts import HOUSE, LINE, MAIL, PHONE, contacts_in


def shown(text):
    return as_one(covered(text, private_in(text, contacts_in)))


def kinds(text):
    return [found.kind for found in private_in(text, contacts_in)]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("โทร 081-234-5678 ครับ", "โทร ▮ ครับ"),
        ("โทร.0812345678", "โทร.▮"),
        ("เบอร์ ๐๘๑ ๒๓๔ ๕๖๗๘", "เบอร์ ▮"),
        ("ติดต่อป้าแดงที่ 08-1234-5678 ได้", "ติดต่อป้าแดงที่ ▮ ได้"),
        ("มือถือ 01-2345678 สมัยนั้น", "มือถือ ▮ สมัยนั้น"),
        ("0-7534-1234 ต่อ 15", "▮"),
        ("(075) 341-234", "▮"),
        ("สำนักงาน 02 123 4567", "สำนักงาน ▮"),
        ("075-341234", "▮"),
        ("โทรสาร 075341234", "โทรสาร ▮"),
        ("+66 81 234 5678", "▮"),
        ("+66(0)81-234-5678", "▮"),
        ("+6675341234", "▮"),
        ("66-81-234-5678", "▮"),
        ("Tel: 081.234.5678", "Tel: ▮"),
        ("081–234–5678", "▮"),
        ("081\u00a0234\u00a05678", "▮"),
        ("โทรมาที่0812345678นะ", "โทรมาที่▮นะ"),
        ("081-2\u200b34-5678", "▮"),
        ("โทร 081-234-5678, 089-876-5432", "โทร ▮, ▮"),
    ],
)
def test_telephone_numbers(text, masked):
    assert shown(text) == masked
    assert set(kinds(text)) == {PHONE}


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("ส่งมาที่ somsri.j@example.org นะคะ", "ส่งมาที่ ▮ นะคะ"),
        ("อีเมลkru_dang@mail.example.co.thครับ", "อีเมล▮ครับ"),
        ("somsri @ example.com", "▮"),
        ("somsri(at)example.com", "▮"),
        ("somsri [at] example [dot] com", "▮"),
        ("Somsri+blog@EXAMPLE.COM.", "▮."),
    ],
)
def test_mail_addresses(text, masked):
    assert shown(text) == masked
    assert kinds(text) == [MAIL]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("ไลน์ไอดี padaeng", "ไลน์ไอดี ▮"),
        ("Line ID: pa_daeng99 ค่ะ", "Line ID: ▮ ค่ะ"),
        ("LINE: @khokfund", "LINE: ▮"),
        ("แอดไลน์ padaeng.99 ได้", "แอดไลน์ ▮ ได้"),
        ("ไอดีไลน์ = padaeng", "ไอดีไลน์ = ▮"),
        ("id line padaeng", "id line ▮"),
    ],
)
def test_line_ids(text, masked):
    assert shown(text) == masked
    assert kinds(text) == [LINE]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("บ้านเลขที่ 12/3 หมู่ 4", "บ้านเลขที่ ▮ หมู่ 4"),
        ("อยู่บ้านเลขที่๑๒๓ ตำบลนาใหม่", "อยู่บ้านเลขที่▮ ตำบลนาใหม่"),
        ("เลขที่ 99/1 หมู่ที่ 5 ต.นาใหม่", "เลขที่ ▮ หมู่ที่ 5 ต.นาใหม่"),
        ("เลขที่ 45 ถนนริมคลอง", "เลขที่ ▮ ถนนริมคลอง"),
        ("อยู่ 123/45 ม.5 ต.นาใหม่", "อยู่ ▮ ม.5 ต.นาใหม่"),
        ("บ้าน เลขที่: 7", "บ้าน เลขที่: ▮"),
    ],
)
def test_house_numbers(text, masked):
    assert shown(text) == masked
    assert kinds(text) == [HOUSE]


@pytest.mark.parametrize(
    "text",
    [
        "โครงการ 2 400 หมู่บ้าน",
        "งบประมาณ 1,234,567.00 บาท",
        "งบ 0.12345678 ล้าน",
        "จ่ายไป 012,345,678 บาท",
        "วันที่ 08-03-2550 เวลา 09.30-16.30 น.",
        "06/07/2549 ถึง 08/09/2549",
        "2550-08-09 2551-02-03",
        "ปี 2548 2549 2550 2551",
        "ISBN 0-8123-4567-8",
        "ISBN 978-616-123-456-7",
        "เลขที่บัญชี 016-2-34567-8",
        "หนังสือที่ นศ 0017.3/ว 1234",
        "ที่ มท 0891.4/2345",
        "คำสั่งเลขที่ 12/2550 ลงวันที่ 5",
        "เลขที่ 5/2551 หมู่ที่ 3 รับรองแล้ว",
        "หมายเลขบันทึก: 081234567",
        "รหัสครุภัณฑ์ 0812345678",
        "เลขที่ 3 ของรายชื่อ",
        "ประชุมครั้งที่ 1/2549 หมู่ 3",
        "วันที่ 12/3 ม.5 ประชุม",
        "สายด่วน 1669 และ 1323",
        "พิกัด 8.4321 99.9631",
        "นัดกัน @ ศาลากลางบ้าน",
        "ราคา 5@20 บาท",
        "ไลน์กลุ่มของ อสม.",
        "Online: learning ทุกวัน",
        "deadline 30 มี.ค.",
        "line up สินค้า",
        "hotline 1669",
        "บ้านเลขคี่",
        "สมาชิก 120 คน หมู่ 4",
        "หมู่ 5 6 7 8 9 10 11",
        "0 1 2 3 4 5 6 7 8",
        "คะแนน 0-1-2-3-4-5-6-7-8",
        "ได้ 3/4 หมู่บ้าน",
    ],
)
def test_near_misses(text):
    assert shown(text) == text


@pytest.mark.parametrize("piece", ["0-", "081 ", "a@", "a.", "line ", "บ้านเลขที่ ", "+66 ", "(0", "1/"])
def test_time_grows_with_the_text(piece, grows_with_the_text):
    assert grows_with_the_text(lambda text: list(contacts_in(text)), piece)
