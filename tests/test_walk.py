"""What CONTRIBUTING draws and tells of the house is so: the layers with their arrows, and the parts through which a post walks."""

import re
from functools import cache

from pipeline.assets import asset
from pipeline.nlp.reader import load_reader
from tests.documents import ROOT, blocks, text_of
from tests.test_architecture import UNITS, imports, is_ours, unit_of

CONTRIBUTING = ROOT / "CONTRIBUTING.md"


@cache
def drawn():
    """Return the units of each box of the drawing, and which boxes an arrow leads to from each."""
    [drawing] = blocks(CONTRIBUTING, "mermaid")
    boxes = {name: frozenset(units.split(", ")) for name, units in re.findall(r'(\w+)\["(.+?)"\]', drawing)}
    arrows = {}
    for left, right in re.findall(r"^ *(\w+).*? --> (.+)$", drawing, re.MULTILINE):
        arrows.setdefault(left, set()).update(re.findall(r"(\w+)(?:\[.*?\])?(?: &|$)", right))
    return boxes, arrows


def reached(box):
    _, arrows = drawn()
    return {box}.union(*(reached(below) for below in arrows.get(box, ())))


def box_of(module):
    return next((name for name, units in drawn()[0].items() if unit_of(module) in units), None)


def crossing():
    """Return between which boxes the code imports."""
    return {pair for found in imports() if is_ours(found.of) and None not in (pair := (box_of(found.by), box_of(found.of))) and pair[0] != pair[1]}


def test_every_part_of_the_house_stands_in_one_box():
    boxes, _ = drawn()
    assert sorted(unit for units in boxes.values() for unit in units) == sorted(UNITS)


def test_the_code_imports_along_the_arrows_and_along_each_of_them():
    assert [(by, of) for by, of in crossing() if of not in reached(by)] == []
    assert [(by, of) for by, below in drawn()[1].items() for of in below if (by, of) not in crossing()] == []


def test_a_post_walks_through_the_parts_of_the_reader_as_it_is_told():
    told = re.search(r"is a spaCy pipeline: words → (.+?)\. A model", text_of(CONTRIBUTING), re.DOTALL)[1]
    parts = [re.match(r"`(\w+)`", step.strip())[1] for step in told.split("→")]
    assert parts == load_reader(asset("models")).nlp.pipe_names
