"""How often Python looks through its memory in a run is set back at the end, whatever happens in it."""

import gc

import pytest

from pipeline.jobs.sweeping import seldom_swept, unswept


def _fail():
    assert not gc.isenabled()
    raise ValueError


def test_memory_is_swept_again_behind_what_is_not_swept():
    before = gc.get_threshold()
    with seldom_swept():
        with pytest.raises(ValueError), unswept():  # noqa: PT011 - our own
            _fail()
        assert gc.isenabled()
        assert gc.get_freeze_count() > 0
    assert (gc.isenabled(), gc.get_freeze_count(), gc.get_threshold()) == (True, 0, before)
