"""The linker is learnt from threads that readers marked: what shares its words is linked, and what closes must be surer."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.labelled import MarkedEvent, MarkedThread
from pipeline.records import ActionFields, Passage, Span
from pipeline.threads import follow, load_linker
from pipeline.threads.evidence import OF_RIVALS
from pipeline.threads.linker import save_linker
from pipeline.threads.said import Told
from pipeline.train import threads
from pipeline.train.threads import Series, learn_linker

THINGS = ("กังหันน้ำ", "บ่อปลานิล", "โรงสีชุมชน", "ห้องสมุด", "ป้ายทางเข้า", "สะพานไม้", "เครื่องชั่ง", "ลานตากข้าว", "ประปาหมู่บ้าน", "เรือกู้ภัย")
PLACES = ("ท่าข้าม", "ดอนยาง", "หนองบัว", "คลองขุด", "เขาแก้ว", "บางน้ำจืด", "ทุ่งกระบือ", "ปากเกร็ด", "สามเรือน", "ห้วยชัน")


def told(series: str, number: int, quote: str, state: str) -> Told:
    action = ActionFields(what=quote, state=state, strength="done" if state == "done" else "assigned")
    passage = Passage(f"{series}-{number}", f"{series}/{number}.txt", Span(0, len(quote)), quote, "action", 1.0, action=action)
    return Told(passage, number, date(2009, 1 + number, 1))


def series_of(name: str) -> Series:
    """Return a series in which each thing is promised in one post and told as done in the next."""
    opened = [told(name, 0, f"กลุ่มจะซ่อม{thing}ที่{name}ให้ใช้ได้", "planned") for thing in THINGS]
    news = [told(name, 1, f"ซ่อม{thing}ที่{name}เสร็จ ชาวบ้านใช้แล้ว", "done") for thing in THINGS]
    places = [(one.passage.source, Span(10 * number, 10 * number + 9)) for number, one in enumerate([*opened, *news])]
    own = [Told(_at(one.passage, span), one.order, one.day) for one, (_, span) in zip([*opened, *news], places, strict=True)]
    half = len(THINGS)
    marked = [
        MarkedThread(name, name, "action", "", "done", (MarkedEvent(*places[number], "opens"), MarkedEvent(*places[half + number], "done")))
        for number in range(half)
    ]
    return Series(own, marked)


def _at(passage: Passage, span: Span) -> Passage:
    return Passage(passage.post, passage.source, span, passage.quote, passage.label, 1.0, action=passage.action)


@pytest.fixture(name="learnt", scope="module")
def _learnt():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(threads, "_FORESTS", 1)
        patch.setattr(threads, "_ROUNDS", 120)
        teaching = [series_of(place) for place in PLACES]
        return learn_linker(teaching, [series_of("บางเสด็จ")])


def test_what_shares_its_words_is_linked_and_closed(learnt):
    found = follow(series_of("วังหิน").told, learnt)
    closed = [thread for thread in found if thread.state == "done"]
    assert len(closed) >= len(THINGS) // 2
    for thread in closed:
        thing = next(one for one in THINGS if one in thread.opened_by.quote)
        assert all(thing in event.passage.quote for event in thread.events)


def test_rivals_are_learnt_from_writers_who_were_left_out(learnt, monkeypatch):
    assert learnt.rivals is not None
    assert learnt.rivals.fits(len(OF_RIVALS))
    monkeypatch.setattr(threads, "_FORESTS", 1)
    monkeypatch.setattr(threads, "_ROUNDS", 1)
    assert learn_linker([series_of("ท่าข้าม")], [series_of("บางเสด็จ")]).rivals is None  # there is nobody else to leave out


def test_bounds_rise_from_offers_to_closings(learnt):
    assert learnt.maybe <= learnt.sure <= learnt.closes


def test_few_closings_however_right_do_not_make_closing_cheap(learnt):
    assert learnt.sure < threads._LEAST_TO_CLOSE  # all links of these series are right, so that a lower bound would do
    assert learnt.closes == threads._LEAST_TO_CLOSE


def test_the_same_series_teach_the_same_linker_and_it_comes_back_from_disk(learnt, tmp_path):
    save_linker(learnt, tmp_path)
    assert load_linker(tmp_path) == learnt
