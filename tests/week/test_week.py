"""The week in its short form: the nights of the troubles alone, read by the cue words. The whole one is ``python -m tests.week``."""

import pytest

from tests.week.simulation import CHANGED, FEED_DOWN, KILLED, LATE, Simulation

pytestmark = pytest.mark.filterwarnings("ignore:Session.login_data")


def test_after_a_crash_a_late_start_and_two_outages_every_reader_has_what_an_undisturbed_week_brings_them_once(tmp_path):
    nights = (KILLED, FEED_DOWN, LATE, CHANGED)
    calm, troubled = (Simulation(tmp_path / name, "cues", trouble=name == "troubled", nights=nights).run() for name in ("calm", "troubled"))
    said = [line for _, line in troubled.diary]
    assert [words for line in said for words in ("killed", "feed failed", "cannot be reached") if words in line] == [
        "killed",
        "feed failed",
        "cannot be reached",
        "cannot be reached",
    ]
    assert said[-1] == "mail: 0 handed over"
    assert troubled.files == calm.files
    assert sorted(troubled.box.taken) == sorted(calm.box.taken)
    counts = {reader: len(messages) for reader, messages in troubled.received().items()}
    assert counts == {"team": 2, "euea": 2, "school": 2, "english": 2, "beside": 2, "leaving": 1}
