"""Damaged files: samples of every format, changed by chance in the ways in which files go wrong.

Comes in: a format and a number. Goes out: bytes, always the same for the same two. Refuses nothing.
"""

from __future__ import annotations

import json
import random
from functools import cache
from pathlib import Path

SAMPLES = Path(__file__).parents[2] / "corpora" / "samples"
FORMATS = {"txt": (".txt",), "html": (".html", ".htm"), "jsonl": (".jsonl",), "feed": (".rss", ".atom", ".xml"), "csv": (".csv",)}
LONGEST_SEED = 6_000  # bytes: short files are read fast, and what breaks a reader is rarely long
LONGEST = 40_000
TOKENS = (
    *("\0", "\x08", "\x1b", "\x7f", "\ufeff", "\u200b", "\u2028", "\u202e", "\ufffd", "\r", "\t", "\\", "็", "์", "๕", "0"),
    *(",", ";", '"', "'", "{", "}", "[", "]", ":", "<", ">", "&"),
    *("\r\n", "\n\n", " ", '""', "[[[[[[[[", "null", "NaN", "1e999", "-1", "\\ud800", "\\u0000", "99999999999999999999", "2550-02-30"),
    *("</", "/>", "<p>", "</p>", "<div>", "</div>", "<br>", "<td>", "<table>", "<li class=comment>", "<!--", "-->", "<![CDATA[", "]]>", "<?xml"),
    *("<!DOCTYPE", "<script>", "</script>", "<style>", "<h1>", "<item>", "</item>", "<entry>", "<feed>", "<rss>", "<channel>", "</channel>"),
    *(
        "<body",
        "<meta charset=tis-620>",
        "&amp;",
        "&nbsp;",
        "&#0;",
        "&#xD800;",
        "&#x110000;",
        "&lol;",
        "&amp;amp;",
        " xmlns=''",
        "text",
        "date",
        "id",
    ),
    *("ความเห็น (3)", "ความเห็น (999999)", "หมายเลขบันทึก: 1", "เขียนเมื่อ 31 กุมภาพันธ์ 2550 25:61 น.", "ไม้"),
)
DOCTYPE = '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol1 "&lol;&lol;&lol;&lol;&lol;"><!ENTITY x SYSTEM "file:///etc/hostname">]>'
BYTES_CHANGED = 0.15  # of all files: most bytes that are changed make a file no text at all, which is soon read
MOSTLY = 0.8
BYTES = (
    b"\xff",
    b"\xfe\xff",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xe0\xb8",
    b"\xed\xa0\x80",
    b"\xc0\x80",
    b"\xdb",
    b"\x85",
    b"\xa1",
    b"\xf4\x90\x80\x80",
)


@cache
def seeds(name: str) -> tuple[str, ...]:
    """Return what the mutations of a format begin from."""
    files = [file for file in sorted(SAMPLES.iterdir()) if file.suffix in FORMATS[name]]
    tiny = {
        "txt": "ชื่อ\n\nเนื้อความ\n\nความเห็น (1)\nก\n\nดีครับ",
        "html": "<html><body><h1>ก</h1><p>ข<div class=comment><b class=author>ค</b><p>ง</div>",
        "jsonl": json.dumps(
            {"id": 1, "title": "ก", "date": "2550-01-02", "text": "ข", "comments": [{"author": "ค", "text": "ง"}]}, ensure_ascii=False
        ),
        "feed": "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>1</id><title>ก</title><content type='html'>ข</content></entry></feed>",
        "csv": 'id;text;comments\n1;"ก\nข";"[{""text"": ""ค""}]"\n',
    }
    return (*(_short(_text(file), name) for file in files), tiny[name])


def _text(file: Path) -> str:
    data = file.read_bytes()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp874")


def _short(text: str, name: str) -> str:
    """Return the first line of JSON lines, and of a long page its beginning and its end."""
    if name == "jsonl":
        return text.split("\n", maxsplit=1)[0]
    return text if len(text) <= LONGEST_SEED else text[: LONGEST_SEED // 2] + text[-LONGEST_SEED // 2 :]


def mutation(name: str, number: int) -> bytes:
    """Return the damaged file of a format with this number."""
    chance = random.Random(f"{name} {number}")  # noqa: S311 - no secret
    text = chance.choice(seeds(name))
    for _ in range(chance.choice((0, 1, 1, 2, 3, 5, 9))):
        text = chance.choice(_WAYS)(text, chance, name)[:LONGEST]
    encoding = chance.choice(("utf-8",) * 8 + ("cp874", "tis-620", "utf-8-sig", "utf-16", "utf-16-le", "latin-1", "cp1252"))
    data = text.encode(encoding, "surrogatepass" if encoding == "utf-8" else "ignore")
    return _bytes_changed(data, chance) if chance.random() < BYTES_CHANGED else data


def _bytes_changed(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        place = chance.randint(0, len(changed))
        changed[place : place + chance.randint(0, 2)] = chance.choice((*BYTES, bytes([chance.randrange(256)]), b""))
    return bytes(changed)


def _stretch(text: str, chance: random.Random) -> tuple[int, int]:
    start = chance.randint(0, len(text))
    return start, min(len(text), start + int(chance.expovariate(1 / 40)))


def _flip(text: str, chance: random.Random, _name: str) -> str:
    place = chance.randint(0, len(text))
    sign = chance.choice((chr(chance.randrange(128)), chr(chance.randrange(0xE00, 0xE80)), chr(chance.randrange(0x11_0000)), "\ud800"))
    return text[:place] + sign + text[place + 1 :]


def _cut_out(text: str, chance: random.Random, _name: str) -> str:
    start, end = _stretch(text, chance)
    return text[:start] + text[end:]


def _cut_off(text: str, chance: random.Random, _name: str) -> str:
    place = chance.randint(0, len(text))
    return text[:place] if chance.random() < MOSTLY else text[place:]


def _repeat(text: str, chance: random.Random, _name: str) -> str:
    start, end = _stretch(text, chance)
    return text[:start] + text[start:end] * chance.choice((2, 3, 10, 300)) + text[end:]


def _insert(text: str, chance: random.Random, _name: str) -> str:
    place = chance.randint(0, len(text))
    return text[:place] + chance.choice(TOKENS) * chance.choice((1, 1, 1, 2, 400)) + text[place:]


def _splice(text: str, chance: random.Random, name: str) -> str:
    other = chance.choice(seeds(chance.choice((name, name, *FORMATS))))
    return text[: chance.randint(0, len(text))] + other[chance.randint(0, len(other)) :]


def _swap(text: str, chance: random.Random, _name: str) -> str:
    one, two = sorted((_stretch(text, chance), _stretch(text, chance)))
    if one[1] > two[0]:
        return text
    return text[: one[0]] + text[two[0] : two[1]] + text[one[1] : two[0]] + text[one[0] : one[1]] + text[two[1] :]


def _nest(text: str, chance: random.Random, _name: str) -> str:
    place = chance.randint(0, len(text))
    opened = chance.choice(("<div>", "[", '{"text":', "<b><i>", "<ul><li>", "<entry>", "(("))
    return text[:place] + opened * chance.choice((3, 60, 3000)) + text[place:]


def _declare(text: str, chance: random.Random, _name: str) -> str:
    head = text.find("?>") + 2 if text.startswith("<?xml") else 0
    place = chance.randint(head, max(head, len(text)))
    return text[:head] + DOCTYPE + text[head:place] + "&lol1;&x;" + text[place:]


_WAYS = (_flip, _flip, _cut_out, _cut_out, _cut_off, _repeat, _insert, _insert, _insert, _splice, _swap, _nest, _declare)
