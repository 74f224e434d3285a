"""What scraped text can never do to a page: make an element, run, turn the line round, or show a network address."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from markdown_it import MarkdownIt

from pipeline.charts import Bars, Bin, Charts, Lane, Timeline
from pipeline.cuts import Cut
from pipeline.records import Changes, Comment, Followed, Highlight, Reject, Span
from pipeline.render import FORMATS, index_page, page_name, post_page
from tests.render.conftest import fund_digest, fund_passages, fund_post

MASKED = ("203.0.113.87", "xxx.0.113.87", "2001:db8::8a2e:370:7334", "00:1b:44:11:3a:b7", "1-1017-00230-70-8", "๒๐๓.๐.๑๑๓.๘๗")
HIDDEN = "\x00\x08\x1b\x9f\u202e\u2066\u200e\u061c\ufeff\U000e0041\ufffe"
ATTACKS = {
    "script": "<script>alert(1)</script>",
    "attribute": "\" onmouseover=\"alert(1)' onfocus='alert(1)",
    "closing": "</p></blockquote></mark></style></title><img src=x onerror=alert(1)><!--",
    "template": "{{ 7*7 }}{% raw %}{{ config }}{# no #}${7*7}",
    "markdown": "[x](javascript:alert(1)) ![i](http://e.org/i.png) *a* _b_ `c` # h <http://e.org> <b> &lt;b&gt; ~~s~~ | t | \\",
    "lines": "\n# หัวเรื่อง\n\n- ข้อ\n1. ข้อ\n> อ้าง\n\n```\n---\n===\n",
    "hidden": f"ก่อน{HIDDEN}หลัง",
    "address": " ".join(("จาก", *MASKED)) + " IP: abc.example.7",
    "split address": "203.0.\u200e113\u202e.87",
    "half a pair": "ข้อความ\ud800ขาด",
    "header": "\r\nBcc: all@example.org\r\nContent-Type: text/html\r\n\r\n<b>ใจความอื่น</b>",
    "turned": "\u202eกลับ\u202c \u2067ซ่อน\u2069 \u202dบังคับ\u202a\u202b",
    "formula": '\t=HYPERLINK("http://e.org","x")\t+1\t-1\t@SUM(A1)',
    "long": "ยาวW" * 5_000,
}


def turned(record, text: str):
    """Put `text` behind every word of a record's fields for people."""
    fields = {"project", "title", "author", "speaker", "name", "model", "url", "quote", "source", "reason", "en", "th"}
    return replace(record, **{name: f"{getattr(record, name)} {text}" for name in fields & set(record.__dataclass_fields__)})


def hostile_digest(digest, text: str):
    def evidence(each):
        passage = replace(turned(each.passage, text), why=(text, "นัด"))
        return replace(turned(each, text), passage=passage)

    def item(each):
        name = f"{each.name} {text}" if each.name else ""
        facts = tuple((fact, said if fact in {"last", "urgent"} else f"{said} {text}") for fact, said in each.facts)
        return replace(each, name=name, facts=facts, evidence=tuple(map(evidence, each.evidence)))

    sections, registers = (
        tuple(replace(section, items=tuple(map(item, section.items))) for section in some) for some in (digest.sections, digest.registers)
    )
    first = sections[0].items[0]
    line = Followed("question", "open", first.evidence[0], first.evidence[0], "mentions", (text,), None, title=text)
    told = {"top": (Highlight(first, new=True),), "questions": (line,), "questions_total": 1, "lessons_before": 1, "unused": (first,)}
    told |= {"followed": (line,), "followed_total": 1, "charts": hostile_charts(text)}
    changes = Changes("compared", 1, None, sections[:1], (("news", line),), (("news", 1),))
    cut = Cut("facilitator", area=text, roles=(text,))
    return replace(turned(digest, text), phase=turned(digest.phase, text), sections=sections, registers=registers, changes=changes, cut=cut, **told)


def hostile_charts(text: str) -> Charts:
    """Return the charts that show words of posts: the names of places and phases, and what a matter is about."""
    day = date(2007, 3, 1)
    lanes = (Lane("", 1, "open", day, day, (("due", day),)), Lane(f"ระยะ {text}", 1, "", day, day, (("post", day),)))
    places = Bars("places", ("lesson", "issue", "action"), (Bin((1, 0, 2), name=f"บ้าน {text}"), Bin((0, 1, 0), name="บ้านนา")))
    return Charts((places,), tuple(Timeline(kind, (lane,), day, day, day) for kind, lane in zip(("matters", "project"), lanes, strict=True)))


def hostile_post(post, text: str):
    """Return the post with the attack in its title and names, and as one more comment."""
    start = len(post.text) + 1
    comment = Comment(Span(start, start + len(text)), text, None)
    notes = tuple(turned(note, text) for note in post.notes)
    return replace(turned(replace(post, url="https://e.org/"), text), text=f"{post.text}\n{text}", comments=(*post.comments, comment), notes=notes)


def hostile_forms(digest, post, passages, text: str):
    attacked = hostile_digest(digest, text)
    yield from ((name, render(attacked)) for name, (_, render) in FORMATS.items())
    for kind in ("executive", "host"):
        yield kind, FORMATS["html"][1](replace(attacked, cut=replace(attacked.cut, kind=kind, roles=())))
    yield (
        "index",
        index_page(
            f"กองทุน{text}", [attacked], [Reject(text, 1, text)], [(text, text)], charts=replace(attacked.charts, lines=attacked.charts.lines[1:])
        ),
    )
    yield "post", post_page(hostile_post(post, text), [turned(passage, text) for passage in passages])


@pytest.fixture(name="forms", params=ATTACKS.values(), ids=ATTACKS)
def _forms(request):
    return forms_with(request.param), forms_with("ครับ")


@cache
def forms_with(text: str):
    """Return every form of the fund's digest and post with a text in all of its fields, made once."""
    post = fund_post()
    return dict(hostile_forms(fund_digest(), post, fund_passages(post), text))


@pytest.mark.parametrize("form", ["html", "executive", "host", "mail", "index", "post"])
def test_no_page_gets_an_element_or_an_attribute(form, forms, read_page):
    attacked, harmless = (read_page(pages[form]) for pages in forms)
    linked = form != "post" and attacked.values("href")
    free = set() if linked else {"p", "a", "span"}  # lines make paragraphs, and an address that is none, or has no end, makes no link
    assert [tag for tag in attacked.tags if tag not in free] == [tag for tag in harmless.tags if tag not in free]
    assert {name for _, attributes in attacked.elements for name in attributes} <= {
        name for _, attributes in harmless.elements for name in attributes
    }
    assert not {"script", "img", "iframe", "object", "form"} & set(attacked.tags)
    for address in attacked.values("href"):
        assert address.startswith(
            ("#", "../", "digest.html", "https://e.org/", "https://blog.example.org/", "project", "register.xlsx", "calendar.ics")
        ), address
        assert not set(" \"'<>") & set(address) or address.startswith("https://")


def test_markdown_gets_no_new_structure(forms):
    def structure(text: str) -> list[str]:
        tokens = MarkdownIt("commonmark").enable(["strikethrough", "table"]).parse(text)
        return [each.type for token in tokens for each in (token.children or [token]) if each.type != "text"]

    attacked, harmless = (pages["markdown"] for pages in forms)
    assert structure(attacked) == structure(harmless)


def test_nothing_hidden_or_private_is_shown(forms):
    for name, text in forms[0].items():
        for private in MASKED:
            assert private not in text, (name, private)
        if name != "json":
            assert not set(HIDDEN + "\ud800") & set(text), name
        text.encode("utf-8")


def test_scraped_text_stands_as_written(digest, post, passages, read_page):
    for attack in (ATTACKS["script"], ATTACKS["template"]):
        forms = dict(hostile_forms(digest, post, passages, attack))
        assert all(attack in read_page(forms[name]).text() for name in ("html", "index", "post"))
        assert "49" not in read_page(forms["post"]).text().replace("51204", "")


def test_json_keeps_what_a_page_may_not_show(digest):
    attacked = hostile_digest(digest, HIDDEN)
    assert "\\u0000" in FORMATS["json"][1](attacked)
    assert "\u202e" in FORMATS["json"][1](attacked)


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_a_hostile_id_makes_a_plain_file_name(attack):
    assert re.fullmatch("[0-9a-f]{16}", page_name(attack))
