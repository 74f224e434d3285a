"""The frame of the pages: the font, the words, the colours, and what every page must be."""

from __future__ import annotations

import hashlib
import re
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline import render
from pipeline.labels import label_set
from pipeline.records import Reject
from pipeline.render import FORMATS, index_page, post_page
from pipeline.render.pages import environment
from pipeline.render.words import speaking, word, words_in

FOLDER = Path(render.__file__).parent
STYLE = (FOLDER / "templates" / "style.css").read_text(encoding="utf-8")
MADE_KEYS = re.compile(
    r"by_\w+|phase_by_\w+|about_unsure_\w+|(?:state|strength|chain|unit|level)_\w+|weekday\w*"
    r"|(?:kind|thread|heard|sheet|register|line|fact|said|kept|ask|reuse|cut|change|changes)_\w+|top_(?:due|overdue|moved)|action_what|number"
    r"|chart_\w+|mail_(?:about|more)\w*|mail_due|mail_open_(?:all|part|some)_doubted"
)  # their ends come from a record


@pytest.fixture(name="pages")
def _pages(digest, empty_digest, post, passages):
    return [FORMATS["html"][1](each) for each in (digest, empty_digest)] + [
        index_page(digest.project, [digest], [Reject("ว่าง.txt", 3, "แฟ้มต้องมีข้อความ")], [("ก.txt", "ไม่มีวันที่")]),
        index_page(digest.project, [], [], []),
        post_page(post, passages),
        post_page(post, []),
    ]


def test_the_font_files_are_those_of_the_readme():
    sums = dict(re.findall(r"`([0-9a-f]{64})` \| `([^`]+)`", (FOLDER / "fonts" / "README.md").read_text(encoding="utf-8")))
    found = {hashlib.sha256(path.read_bytes()).hexdigest(): path.name for path in (FOLDER / "fonts").iterdir() if path.name != "README.md"}
    assert found == sums


def test_the_licence_stands_beside_the_font():
    licence = (FOLDER / "fonts" / "OFL.txt").read_text(encoding="utf-8")
    assert licence.startswith("Copyright 2018 The Sarabun Project Authors")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence


def test_a_page_is_complete_in_itself(pages, read_page):
    for html in pages:
        page = read_page(html)
        assert not {"script", "link", "img", "iframe"} & set(page.tags)
        assert not re.search(r"url\((?!data:)|@import", html)
        assert ("html", {"lang": "th"}) in page.elements
        assert html.count("font/woff2;base64,d09GMg") in {2, 4}  # wOF2 in base64


def test_headings_step_down_one_level_at_a_time(pages, read_page):
    for html in pages:
        levels = [int(tag[1]) for tag in read_page(html).tags if re.fullmatch(r"h\d", tag)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))


def test_links_within_a_page_lead_somewhere(pages, read_page):
    for html in pages:
        page = read_page(html)
        assert {address[1:] for address in page.values("href") if address.startswith("#")} <= set(page.values("id"))


def test_the_same_record_makes_the_same_bytes(digest):
    for _, form in FORMATS.values():
        assert form(digest) == form(digest)


def test_lines_are_high_enough_for_tone_marks():
    heights = [float(height) for height in re.findall(r"line-height: ([\d.]+)", STYLE)]
    assert min(heights) >= 1.6


def luminance(colour: tuple[float, ...]) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mixed(one: tuple[float, ...], share: float, other: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(a * share + b * (1 - share) for a, b in zip(one, other, strict=True))


def rgb(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_every_ink_stands_out_from_every_ground(theme):
    palettes = [dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block)) for block in re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)]
    palette = {name: rgb(colour) for name, colour in palettes[theme].items()}
    shade = int(re.findall(r"--shade: (\d+)%", STYLE)[theme]) / 100
    labels = [rgb(label.colour) for label in label_set()]
    tones = [mixed(colour, 0.42, (1, 1, 1)) for colour in labels] if theme else labels
    for ground in (palette["paper"], palette["card"]):
        assert all(contrast(ink, ground) >= 4.5 for ink in (*tones, *(palette[name] for name in ("ink", "quiet", "link", "doubt"))))
        assert all(contrast(palette["ink"], mixed(colour, shade, ground)) >= 7 for colour in labels)


def test_escaping_is_on_and_nothing_goes_around_it():
    assert environment().autoescape is True
    for template in (FOLDER / "templates").glob("*.html"):
        assert not re.search(r"\|\s*safe|autoescape|Markup", template.read_text(encoding="utf-8")), template.name


def test_every_word_is_used_and_every_used_word_is_there():
    users = (*FOLDER.glob("*.py"), *FOLDER.glob("templates/*.html"), *FOLDER.parent.glob("jobs/**/*.py"))
    sources = "".join(path.read_text(encoding="utf-8") for path in users)
    used = set(re.findall(r"""word\(\s*["'](\w+)["']""", sources))
    assert used <= set(words_in("th"))
    assert {key for key in set(words_in("th")) - used if not MADE_KEYS.fullmatch(key)} == set()


def test_both_languages_have_the_same_words_and_set_in_the_same_values():
    thai, english = words_in("th"), words_in("en")
    assert set(thai) == set(english)
    for key, words in thai.items():
        for form in english[key].split(" || "):
            assert set(re.findall(r"{(\w+)", form)) <= set(re.findall(r"{(\w+)", words)), key
        assert set(re.findall(r"{(\w+)", words)) == set(re.findall(r"{(\w+)", english[key])), key
    assert not [key for key, words in english.items() if re.search("[\u0e00-\u0e7f]", words) and key != "cut_facilitator"]


def test_english_has_a_form_for_one():
    with speaking("en"):
        assert [word("posts_count", n=n) for n in (0, 1, 2)] == ["0 posts", "1 post", "2 posts"]
    assert word("posts_count", n=1) == "1 บันทึก"


def test_no_interface_word_stands_in_a_template():
    for template in (FOLDER / "templates").glob("*.html"):
        assert not re.search("[\u0e00-\u0e7f]", template.read_text(encoding="utf-8")), template.name
