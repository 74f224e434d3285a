"""An event that is other than in the night before is made anew: the calendar has the bytes of a first run."""

from dataclasses import replace
from datetime import date

import pytest

from pipeline.followed import ThreadEvent
from pipeline.jobs.calendar import write_calendar
from pipeline.records import Span
from pipeline.settings import read_settings
from pipeline.store.store import Store
from tests.render.conftest import fund_post, training_on

DOUBT = ThreadEvent(replace(training_on(11).opened_by, span=Span(0, 5)), "moved", "2007-04-11", "2007-04-25")
END = replace(DOUBT, relation="done", before=None, after=None)
CHANGES = [{"refused": 1}, {"day_doubt": DOUBT}, {"end_doubt": END}, {"due": date(2007, 4, 12)}, {"state": "dropped"}, {"owners": ("ครูมาลี",)}]


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_other_in_an_event_is_made_anew(tmp_path, change):
    settings, thread = read_settings(None), training_on(11)
    with Store.open(f"sqlite:///{tmp_path}/lessons.db") as store:
        store.put_posts([fund_post()])
        write_calendar(settings, [thread], date(2007, 3, 29), store, tmp_path)
        before = (tmp_path / "calendar.ics").read_bytes()
        for out in (tmp_path, tmp_path / "first"):
            write_calendar(settings, [replace(thread, **change)], date(2007, 3, 29), store, out)
    assert before != (tmp_path / "calendar.ics").read_bytes() == (tmp_path / "first" / "calendar.ics").read_bytes()
