"""A linker weighs two passages by its trees, and comes back from disk as it was."""

import json
import math

import pytest

from pipeline.errors import ModelError
from pipeline.threads import load_linker
from pipeline.threads.evidence import FEATURES, evidence_of
from pipeline.threads.linker import save_linker
from pipeline.threads.said import all_said
from tests.threads.linked import DAY, LINKER, NEWS, OPENED, said


def test_evidence_has_a_figure_for_each_feature():
    earlier, later = all_said([said(OPENED, days=[DAY]), said(NEWS, 1, state="done", days=[DAY], speaker="ครูแดง")])
    found = dict(zip(FEATURES, *evidence_of([earlier], later), strict=True))
    assert [found[name] for name in ("same day", "same owner", "owner named later", "posts between", "same speaker")] == [1, 1, 1, 1, 0]
    assert (found["days between"], found["days after due"], found["due between"]) == (28, -5, 0)  # told on 1 February and 1 March, due on 6 March
    assert (found["earlier: settled"], found["later: settled"], found["later: place in post"]) == (0, 1, 0)
    assert found["shared words"] == pytest.approx(1)


LOOP = {"feature": [0, 0], "bound": [0.5, 0.0], "left": [1, 0], "right": [1, 0], "value": [0.0, 1.0]}


def saved(folder, **changed):
    save_linker(LINKER, folder)
    return json.dumps({**json.loads((folder / "linker.json").read_text(encoding="utf-8")), **changed})


@pytest.mark.parametrize(("share", "steps"), [(0.0, 0), (0.05, 1), (0.3, 6), (1.0, 20)])
def test_a_chance_is_the_sum_of_what_the_trees_say(share, steps):
    row = [share if name == "shared words" else 0.0 for name in FEATURES]
    assert LINKER.chances([row, row]) == pytest.approx([1 / (1 + math.exp(5 - steps / 2))] * 2)
    assert LINKER.chances([]) == []


def test_the_linker_comes_back_from_disk_and_strangers_are_refused(tmp_path):
    save_linker(LINKER, tmp_path)
    assert load_linker(tmp_path) == LINKER
    for broken in ('{"features": []}', saved(tmp_path, features=["other"]), saved(tmp_path, trees=[]), saved(tmp_path, trees=[LOOP])):
        (tmp_path / "linker.json").write_text(broken, encoding="utf-8")
        with pytest.raises(ModelError, match="linker"):
            load_linker(tmp_path)
