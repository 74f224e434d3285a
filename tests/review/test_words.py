"""Our own words on the pages: the same in both languages, and every name that a template asks for."""

import re
import string
import tomllib
from datetime import datetime
from pathlib import Path

import pytest

from pipeline.corrections import Queued
from pipeline.labels import OTHER, Label, label_ids, label_set
from pipeline.review import guideline
from pipeline.review import words as review_words
from pipeline.review.keycaps import USUAL, WORDS, cap, keymap
from pipeline.review.pages import environment
from pipeline.review.visible import visible
from pipeline.review.words import words
from pipeline.reviewers import Preferences

TEMPLATES = Path(guideline.__file__).parent / "templates"


def fields(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_words_with_the_same_values():
    thai, english = words()["th"], words()["en"]
    assert list(thai) == list(english)
    assert {name for name in thai if fields(thai[name]) != fields(english[name])} == set()
    assert all(re.search("[ก-๙]", text) for name, text in thai.items() if name not in {"language", "language_to"})


def test_every_word_that_a_template_names_is_there():
    named = {name for file in TEMPLATES.glob("*.html") for name in re.findall(r"""\bw\(\s*["'](\w+)["']\s*[,)]""", file.read_text(encoding="utf-8"))}
    assert named
    assert named - set(words()["th"]) == set()


def test_no_line_of_a_page_ends_between_a_time_and_what_it_is():
    assert environment().globals["moment"](datetime(2009, 3, 6, 14, 8)).split(" ") == ["6\xa0มีนาคม\xa02552", "เวลา", "14.08\xa0น."]  # noqa: DTZ001 - local


def test_every_reason_label_and_command_has_its_words():
    named = {f"reason_{reason}{more}" for reason in Queued.__args__ for more in ("", "_more")}
    named |= {f"label_{label}" for label in (*label_ids(), OTHER)} | {WORDS.get(name, name) for name in USUAL}
    assert named - set(words()["th"]) == set()


def test_the_guideline_has_a_rule_an_example_and_a_counter_example_for_each_label():
    assert [one.id for one in guideline.advice()] == [*label_ids(), OTHER]
    rules = tomllib.loads((Path(guideline.__file__).with_suffix(".toml")).read_text(encoding="utf-8"))["rule"]
    assert all(set(rule) == {"th", "en"} for rule in rules)
    assert len(guideline.version()) == 16


def test_no_page_names_a_label_itself_so_that_a_new_one_needs_no_edit_there():
    files = [file for file in TEMPLATES.parent.rglob("*") if file.suffix in {".py", ".html", ".js", ".css"} and file.name != "htmx.min.js"]
    assert len(files) > 40
    own = [label for label in label_ids() if label != "action"]  # whose fields are filled in, as the contract has it
    named = {(file.name, found) for file in files for found in re.findall(rf"\b(?:{'|'.join(own)})\b", file.read_text(encoding="utf-8"))}
    assert named == set()


def test_a_label_without_advice_and_words_has_those_of_the_label_set(monkeypatch):
    new = Label("plan", "P", "แผน", "Plan", "จะไปทางไหน", "Where to", "ทางที่เลือกไว้", "#553377")
    for module in (guideline, review_words):
        monkeypatch.setattr(module, "label_set", lambda: (*label_set(), new))
    monkeypatch.setattr(guideline, "label_ids", lambda: (*label_ids(), new.id))
    assert [one.id for one in guideline.advice.__wrapped__()] == [*label_ids(), "plan", OTHER]
    assert guideline.advice.__wrapped__()[-2].th == "ทางที่เลือกไว้"
    assert review_words.words.__wrapped__()["en"]["label_plan"] == "Plan"


def test_no_key_does_two_things_and_preferences_change_only_what_they_name():
    assert len(set(USUAL.values())) == len(USUAL)
    assert keymap(Preferences(keys={"skip": "KeyK"})) == USUAL | {"skip": "KeyK"}
    assert keymap(Preferences(keys_on=False)) == {}
    assert keymap(Preferences(keys={"skip": "F5<script>", "nonsense": "KeyK"})) == USUAL
    assert cap("Shift+KeyA") == "⇧ A"


@pytest.mark.parametrize("text", ["ไป\u202eกลับ\x00", "น้ำ 😀 ใจ", "a\u200bb\u2066c", "IP: 203.0.113.9 ครับ", "\ue000\ufdd0"])
def test_what_is_shown_has_as_many_signs_as_the_post(text):
    shown = visible(text)
    assert len(shown) == len(text)
    assert not re.search("[\x00-\x08\u202a-\u202e\u2066-\u2069]", shown)
