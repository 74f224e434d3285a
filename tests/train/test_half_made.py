"""What a killed run left half made is removed by a later one; what another may be making stays."""

import os
import time
from types import SimpleNamespace

import pytest

from pipeline.train.card import write_whole
from pipeline.train.half_made import half_made


@pytest.fixture
def left(tmp_path):
    """Return a folder with two that were left half made, one of them long ago."""
    for name in (".new-old", ".new-young"):
        (tmp_path / name / "team-1").mkdir(parents=True)
        (tmp_path / name / "team-1" / "classifier.msgpack").write_bytes(b"half")
    long_ago = time.time() - 48 * 3600
    for path in (tmp_path / ".new-old", *(tmp_path / ".new-old").rglob("*")):
        os.utime(path, (long_ago, long_ago))
    return tmp_path


def test_what_was_left_long_ago_goes_and_what_is_young_stays(left):
    with half_made(left) as place:
        assert sorted(path.name for path in left.iterdir() if path != place) == [".new-young"]
    assert not place.exists()


def test_what_belongs_to_somebody_else_and_cannot_be_removed_does_not_hinder_learning(left, monkeypatch):
    def refuse(folder):
        raise PermissionError(folder)

    monkeypatch.setattr("pipeline.train.half_made.shutil", SimpleNamespace(rmtree=refuse))
    with half_made(left) as place:
        assert place.is_dir()
    assert sorted(path.name for path in left.iterdir()) == [".new-old", ".new-young"]


def test_a_file_that_is_written_in_one_step_leaves_nothing_beside_it_and_removes_what_a_killed_one_left(left):
    for text in ("old", "new"):
        write_whole(left / "card.json", text)
    assert sorted(path.name for path in left.iterdir()) == [".new-young", "card.json"]
    assert (left / "card.json").read_text(encoding="utf-8") == "new"
