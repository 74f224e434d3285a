"""What other programs and people find in the output folder: the contract, field by field, on the sample posts."""

import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from jsonschema import Draft202012Validator

from pipeline.masks import mask
from tests.render.conftest import unbroken

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "corpora" / "samples"
SCHEMA = json.loads((ROOT / "pipeline" / "render" / "digest.schema.json").read_text(encoding="utf-8"))

# fmt: off
PASSAGE = [
    "id", "post", "source", "start", "end", "quote", "label", "confidence", "also",
    "facets", "why", "voice", "speaker", "phase", "phase_by", "group", "origin",
    "hedges", "figures", "item", "outsider", "chain",
]
ACTION = ("who", "what", "when", "where", "state", "strength", "decided_by", "advised_by", "until", "level")
# fmt: on
POST = ["post", "source", "title", "author", "posted_at", "url", "text", "event", "comments"]
WORDS_OF = {
    "label": {"lesson", "issue", "action"},
    "voice": {"author", "commenter", "reply", "quoted"},
    "phase_by": {"reviewer", "cue", "date", "default"},
    "origin": {"model", "reviewer"},
    "phase": {"phase-1", "phase-2", None},
}


@pytest.fixture(scope="module")
def passages(published, rows):
    return rows(published / "passages.jsonl")


@pytest.fixture(scope="module")
def posts(published, rows):
    return rows(published / "posts.jsonl")


def test_a_passage_has_the_fields_of_the_contract(passages):
    assert passages
    for row in passages:
        assert list(row) == [*PASSAGE, *(["action"] if row["label"] == "action" else [])]
        assert ("action" in row) is (row["label"] == "action")
        assert 0 <= row["confidence"] <= 1
        assert row["start"] < row["end"]
        assert all(isinstance(words, str) for words in [*row["why"], *row["also"], *row["facets"]])


@pytest.mark.parametrize("field", WORDS_OF)
def test_a_passage_speaks_only_the_words_of_the_contract(passages, field):
    assert {row[field] for row in passages} <= WORDS_OF[field]


def test_an_action_has_its_fields(passages):
    actions = [row["action"] for row in passages if row["label"] == "action"]
    assert actions
    assert {tuple(action) for action in actions} == {ACTION}
    assert all(action["state"] and action["strength"] for action in actions)
    assert any(action["who"] for action in actions)
    assert any(when["first_day"] for action in actions for when in action["when"])


def test_the_sample_posts_hold_all_three_labels_in_both_phases(passages):
    assert {(row["label"], row["phase"]) for row in passages} == {(label, f"phase-{n}") for label in WORDS_OF["label"] for n in (1, 2)}


def test_a_quote_of_a_page_is_the_file_itself(passages):
    pages = {row["source"] for row in passages if row["source"].endswith(".txt")}
    assert len(pages) > 5  # a post of mood alone may hold nothing
    raw = {page: (SAMPLES / page).read_bytes().decode("utf-8") for page in pages}  # never read_text: it would turn \r\n into \n
    assert [row["id"] for row in passages if row["source"] in pages and raw[row["source"]][row["start"] : row["end"]] != row["quote"]] == []


def test_a_quote_of_another_format_is_the_text_in_posts_jsonl(passages, posts):
    texts = {row["post"]: row["text"] for row in posts}
    others = [row for row in passages if not row["source"].endswith(".txt")]
    assert others
    assert [row["id"] for row in others if texts[row["post"]][row["start"] : row["end"]] != row["quote"]] == []


def test_passages_stand_in_order_of_source_and_start(passages):
    assert passages == sorted(passages, key=lambda row: (row["source"], row["start"]))


def test_the_id_is_the_hash_of_post_start_and_end(passages):
    made = [hashlib.sha256(f"{row['post']}\0{row['start']}\0{row['end']}".encode()).hexdigest()[:16] for row in passages]
    assert [row["id"] for row in passages] == made
    assert len(set(made)) == len(made)


def test_a_post_has_the_fields_of_the_contract(posts):
    assert len(posts) == 23
    for row in posts:
        assert list(row) == POST
        for comment in row["comments"]:
            assert list(comment) == ["author", "posted_at", "start", "end"]
            assert row["text"][comment["start"] : comment["end"]].strip()


def test_the_text_of_a_page_is_kept_sign_for_sign_but_for_what_nothing_shows(posts):
    pages = [row for row in posts if row["source"].endswith(".txt")]
    assert [row["text"] for row in pages] == [mask((SAMPLES / row["source"]).read_bytes().decode("utf-8")) for row in pages]


@pytest.mark.parametrize("phase", ["phase-1", "phase-2"])
def test_a_digest_is_valid_and_quotes_passages_of_its_phase(published, passages, phase):
    digest = json.loads((published / phase / "digest.json").read_text(encoding="utf-8"))
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(digest)] == []
    known = {row["id"]: row for row in passages if row["phase"] == phase}
    assert digest["passages"] == len(known)
    assert digest["posts"] == len({row["post"] for row in known.values()})
    for section in digest["sections"]:
        for mention in (mention for item in section["items"] for mention in item["mentions"]):
            row = known[mention["id"]]
            assert (mention["quote"], mention["start"], mention["end"]) == (row["quote"], row["start"], row["end"])
            assert row["label"] == section["label"]


class Page(HTMLParser):
    """The links of a page and the places that a link may lead to."""

    def __init__(self, text):
        super().__init__()
        self.links, self.places = set(), set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        self.places |= {named["id"]} if "id" in named else set()
        self.links |= {named["href"]} if tag == "a" else set()


def links_of(file):
    text = file.read_text(encoding="utf-8")
    return Page(text).links if file.suffix == ".html" else set(re.findall(r"\]\(([^)]*)\)", text))


def leads_nowhere(file, link):
    path, _, place = link.partition("#")
    target = file.parent / unquote(path) if path else file
    return not target.is_file() or (place and place not in Page(target.read_text(encoding="utf-8")).places)


def test_every_link_leads_somewhere(published):
    files = [*published.rglob("*.html"), *published.rglob("*.md")]
    assert len(files) > 1 + 2 + 2  # the index, two digests in two forms, and the cited posts
    links = [(file, link) for file in files for link in links_of(file) if not link.startswith(("http://", "https://"))]
    phases = {f"phase-{n}/digest.{form}" for n in (1, 2) for form in ("html", "docx")}
    assert {link.partition("#")[0] for file, link in links if file.name == "index.html"} == {"", *phases, "register.xlsx", "calendar.ics"}
    assert any("#p-" in link for file, link in links if file.suffix == ".md")
    assert [f"{file.relative_to(published)}: {link}" for file, link in links if leads_nowhere(file, link)] == []


def test_the_post_that_a_digest_cites_says_what_the_digest_quotes(published):
    [first, *_] = json.loads((published / "phase-1" / "digest.json").read_text(encoding="utf-8"))["sections"][0]["items"]
    mention = first["mentions"][0]
    path, _, place = mention["page"].partition("#")
    page = (published / "phase-1" / path).read_text(encoding="utf-8")
    shown = re.sub("<[^>]*>", "", page[page.index(f'id="{place}"') :])
    assert mention["quote"][:20] in shown


def test_nothing_is_set_aside_in_the_samples(published):
    assert (published / "rejected.jsonl").read_bytes() == b""


def test_a_passage_that_no_phase_claims_has_a_digest_of_its_own(team):
    team.write()
    order = team.order(config=team.configure(("early", "last_day = 1999-12-31")))
    report = team.run(order)
    assert [digest.phase.id for digest in report.digests] == ["early", "unassigned"]
    assert report.digests[1].passages
    assert 'href="unassigned/digest.html"' in (order.out / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(("language", "said"), [("th", "ควรเป็นชื่อเรื่อง"), ("en", "should be a title")])
def test_the_index_tells_remarks_in_the_language_of_the_forms(team, language, said):
    team.write(long_txt="ต้องคุยกันก่อนลงมือ" * 20)
    order = team.order(lang=language)
    team.run(order)
    assert said in unbroken((order.out / "index.html").read_text(encoding="utf-8"))
