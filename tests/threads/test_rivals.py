"""A passage is weighed against every thread that it could be news of, and against what its post has said so far."""

import json
from dataclasses import replace

import pytest

from pipeline.errors import ModelError
from pipeline.followed import ThreadEvent
from pipeline.threads import Linker, load_linker
from pipeline.threads.evidence import FEATURES, OF_RIVALS
from pipeline.threads.forest import Forest, Tree
from pipeline.threads.index import Opened
from pipeline.threads.linker import save_linker
from pipeline.threads.rivals import Rivals
from pipeline.threads.said import all_said

SHARED = Tree((FEATURES.index("shared strings"), 0, 0), (0.3, 0.0, 0.0), (1, 1, 2), (2, 1, 2), (0.0, 2.0, 4.0))
ALONE = Linker((SHARED,), -3.0, 0.8, 0.9, 0.3)
PUMP, NEWS = "กลุ่มจะซ่อมเครื่องสูบน้ำท้ายนา", "เครื่องสูบน้ำท้ายนาซ่อมเสร็จ"
SHED = "กลุ่มจะสร้างโรงเก็บฟางข้างวัด"


def asking(name: str, bound: float, below: float, above: float) -> Forest:
    """Return a forest of one question about a thread among its rivals."""
    return Forest((Tree((OF_RIVALS.index(name), 0, 0), (bound, 0.0, 0.0), (1, 1, 2), (2, 1, 2), (0.0, below, above)),), 0.0)


@pytest.fixture(name="compared")
def _compared(passage):
    """Return what two posts say, and the threads that the first opens."""
    said = list(all_said([passage(PUMP), passage(SHED, start=100), passage(NEWS, 1, state="done"), passage(SHED, 1, start=100)]))
    opened = [Opened(str(number), "action", [one], [ThreadEvent(one.told.passage, "opens")], number) for number, one in enumerate(said[:2])]
    return opened, said[2:]


def test_without_trees_for_rivals_a_thread_is_as_likely_as_its_best_pair(compared):
    opened, [news, _] = compared
    [first, second] = Rivals().ranked(opened, news, ALONE)
    assert (first[0], second[0]) == (opened[0], opened[1])
    assert first.chance == first.nearest > 0.7
    assert second.chance == second.nearest < 0.3


def test_the_likeliest_of_the_rivals_is_told_apart_from_the_others(compared):
    opened, [news, _] = compared
    ranked = Rivals().ranked(opened, news, replace(ALONE, rivals=asking("likelier ones", 0.5, 3.0, -3.0)))
    assert [(one.thread.id, one.chance > 0.5) for one in ranked] == [("0", True), ("1", False)]


def test_what_a_post_said_of_a_thread_is_known_until_it_ends(compared, passage):
    opened, [news, other] = compared
    rivals = Rivals()
    linker = replace(ALONE, rivals=asking("best in this post", 0.5, -3.0, 3.0))
    assert all(one.chance < 0.5 for one in rivals.ranked(opened, news, linker))
    assert next(one.chance for one in rivals.ranked(opened, other, linker) if one.thread is opened[0]) > 0.5
    [next_post] = all_said([passage(NEWS, 2)])
    assert all(one.chance < 0.5 for one in rivals.ranked(opened, replace(next_post, rarity=news.rarity), linker))


def test_every_comparison_can_be_watched(compared):
    opened, [news, _] = compared
    seen = []
    Rivals(lambda thread, said, row: seen.append((thread.id, said, len(row)))).ranked(opened, news, ALONE)
    assert seen == [("0", news, len(OF_RIVALS)), ("1", news, len(OF_RIVALS))]


def test_nothing_to_compare_is_no_news(compared):
    assert Rivals().ranked([], compared[1][0], replace(ALONE, rivals=asking("chance", 0.5, 0.0, 1.0))) == []


def test_trees_for_rivals_come_back_from_disk_and_an_older_linker_has_none(tmp_path):
    linker = replace(ALONE, rivals=asking("chance", 0.5, -1.0, 1.0))
    save_linker(linker, tmp_path)
    assert load_linker(tmp_path) == linker
    row = json.loads((tmp_path / "linker.json").read_text(encoding="utf-8"))
    older = {name: value for name, value in row.items() if name not in {"rivals", "of_rivals"}}
    (tmp_path / "linker.json").write_text(json.dumps(older), encoding="utf-8")
    assert load_linker(tmp_path) == ALONE


@pytest.mark.parametrize("changed", [{"of_rivals": ["other"]}, {"rivals": {"trees": [], "bias": 0.0}}, {"rivals": {"bias": 0.0}}])
def test_trees_for_other_rivals_are_refused(tmp_path, changed):
    save_linker(replace(ALONE, rivals=asking("chance", 0.5, -1.0, 1.0)), tmp_path)
    file = tmp_path / "linker.json"
    file.write_text(json.dumps({**json.loads(file.read_text(encoding="utf-8")), **changed}), encoding="utf-8")
    with pytest.raises(ModelError, match="linker"):
        load_linker(tmp_path)
