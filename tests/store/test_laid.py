"""Lines that are laid down are there until they are taken away, and gone with what holds them."""

import pytest

from pipeline.errors import StoreError
from pipeline.store import laid
from pipeline.store.laid import laid_down


def test_lines_are_a_mapping():
    with laid_down() as lines:
        lines.update({2: b"two", 1: b"one", -1: b"below"})
        lines[2] = b"\x00 new"
        assert dict(lines) == {-1: b"below", 1: b"one", 2: b"\x00 new"}
        del lines[1]
        assert len(lines) == 2
        for gone in (lambda: lines[1], lambda: lines.__delitem__(1)):
            with pytest.raises(KeyError):
                gone()


def test_lines_of_one_night_are_not_those_of_another():
    with laid_down() as one, laid_down() as other:
        one[1] = b"one"
        assert 1 not in other


def test_a_disk_that_is_full_is_told_in_one_sentence(monkeypatch):
    class Small(laid.Laid):
        def __init__(self, file):
            super().__init__(file)
            file.execute("PRAGMA max_page_count = 4")

    monkeypatch.setattr(laid, "Laid", Small)
    with pytest.raises(StoreError, match="TMPDIR must have room to grow"), laid_down() as lines:
        lines.update(dict.fromkeys(range(8), b"a" * 12_288))
