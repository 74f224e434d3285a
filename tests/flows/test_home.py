"""The folder that Prefect writes to is made when the flows are imported, or refused in one sentence."""

import runpy
from pathlib import Path

import pytest

import flows
from pipeline.errors import LessonsError


@pytest.mark.parametrize("variable", ["PREFECT_HOME", "XDG_STATE_HOME", "HOME"])
def test_a_home_that_cannot_be_made_is_one_sentence(tmp_path, monkeypatch, variable):
    (tmp_path / "file").touch()
    for name in ("PREFECT_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, str(tmp_path / "file" / "home"))
    with pytest.raises(LessonsError) as refused:
        runpy.run_path(flows.__file__)
    assert refused.value.en.startswith("PREFECT_HOME: must be a folder that can be written")
    assert f"{tmp_path}/file/home" in refused.value.en
    assert "ใช้" in refused.value.th
    assert "(มีไฟล์อยู่ตรงที่ควรเป็นโฟลเดอร์)" in refused.value.th


def test_a_home_that_nobody_knows_is_one_sentence(monkeypatch):
    def nobody():
        raise RuntimeError("Could not determine home directory.")

    for name in ("PREFECT_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", nobody)
    with pytest.raises(LessonsError, match="Could not determine home") as refused:
        runpy.run_path(flows.__file__)
    assert "ไม่พบโฟลเดอร์บ้าน" in refused.value.th
