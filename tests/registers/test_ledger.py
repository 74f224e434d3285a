"""The ledger keeps the newest, forgets what nobody bears out, and says of which places nothing is heard."""

from datetime import date, datetime, time

import pytest

from pipeline.records import Evidence, Passage, Span
from pipeline.registers import Ledger
from pipeline.registers.ledger import KEPT, LINES
from pipeline.registers.sighting import Sighting
from pipeline.registers.spellings import one_name


@pytest.fixture
def ledger():
    return Ledger()


@pytest.fixture
def tell(ledger):
    """Return a function that puts a sighting of a day into the ledger; each has words of its own unless they are given."""
    count = iter(range(10_000))

    def told(register, label, name, day=None, *, phase="p1", words=None, sure=True):
        number = next(count)
        quote = words or f"ข้อความที่ {number}"
        passage = Passage("1", "1.txt", Span(number, number + len(quote)), quote, "action", 0.9, phase=phase)
        moment = datetime.combine(day, time()) if day else None
        ledger.add(Sighting(register, label, name, passage, sure=sure), Evidence(passage, None, None, moment, None), day)

    return told


def lines(ledger, register, phase="p1", earlier=()):
    [section] = [one for one in ledger.sections(phase, earlier) if one.label == register]
    return section.total, [(item.label, item.name, item.mentions) for item in section.items]


def test_a_place_has_a_line_for_each_state_with_the_last_day(ledger, tell):
    tell("areas", "planned", "ต.หนองเสือ", date(2008, 3, 1))
    tell("areas", "planned", "ต.หนองเสือ", date(2008, 5, 1))
    tell("areas", "issue", "ต.หนองเสือ", date(2008, 4, 1))
    [areas, *_] = ledger.sections("p1")
    assert [(item.label, item.mentions, dict(item.facts)["last"]) for item in areas.items] == [
        ("issue", 1, "2008-04-01"),
        ("planned", 2, "2008-05-01"),
    ]
    assert [mention.posted_at.month for mention in areas.items[1].evidence] == [5, 3]


def test_a_line_keeps_only_its_newest_passages_and_counts_all(ledger, tell):
    for day in range(1, 11):
        tell("areas", "issue", "ต.หนองเสือ", date(2008, 5, day))
    [areas, *_] = ledger.sections("p1")
    assert [mention.posted_at.day for mention in areas.items[0].evidence] == [10, 9, 8][:KEPT]
    assert areas.items[0].mentions == 10


def test_the_same_words_count_once(ledger, tell):
    for _ in range(3):
        tell("areas", "issue", "ต.หนองเสือ", date(2008, 5, 1), words="น้ำท่วมที่ ต.หนองเสือ")
    assert lines(ledger, "areas") == (1, [("issue", "ต.หนองเสือ", 1)])


def test_a_place_of_an_earlier_phase_without_news_is_told_as_quiet(ledger, tell):
    tell("areas", "planned", "ต.หนองเสือ หมู่ 3", date(2007, 3, 1), phase="p0")
    tell("areas", "planned", "ต.ดอนพุด", date(2007, 3, 1), phase="p0")
    tell("areas", "planned", "ต.ดอนพุด", date(2008, 3, 1))
    assert lines(ledger, "areas", earlier=["p0"])[1] == [("planned", "ต.ดอนพุด", 1), ("quiet", "ต.หนองเสือ", 1)]
    assert lines(ledger, "areas")[1] == [("planned", "ต.ดอนพุด", 1)]


def test_a_place_last_heard_of_long_before_the_end_of_the_phase_is_quiet(ledger, tell):
    tell("areas", "planned", "ต.หนองเสือ", date(2008, 1, 5))
    tell("areas", "planned", "ต.ดอนพุด", date(2008, 5, 20))
    tell("terms", "term", "หม้อข้าวโมเดล", date(2008, 6, 1))
    assert [label for label, name, _ in lines(ledger, "areas")[1] if name == "ต.หนองเสือ"] == ["planned", "quiet"]
    assert [label for label, name, _ in lines(ledger, "areas")[1] if name == "ต.ดอนพุด"] == ["planned"]


def test_a_doubtful_place_is_told_under_the_known_name_it_opens_with(ledger, tell):
    tell("areas", "planned", "ต.หนองเสือ", date(2008, 1, 5))
    tell("areas", "planned", "ต.หนองเสือเล่าขาน", date(2008, 1, 6), sure=False)
    tell("areas", "planned", "ต.ร่วมคิด", date(2008, 1, 6), sure=False)
    assert lines(ledger, "areas") == (1, [("planned", "ต.หนองเสือ", 2)])


def test_numbers_are_never_read_into_one_another(tell, ledger):
    tell("areas", "planned", "ต.ดอนพุด หมู่ 1", date(2008, 1, 5))
    tell("areas", "planned", "ต.ดอนพุด หมู่ 12", date(2008, 1, 5))
    assert lines(ledger, "areas")[0] == 2


def test_a_name_that_is_told_often_stays_itself():
    class Row:
        def __init__(self, name, mentions):
            self.name, self.mentions, self.sure = name, mentions, True

    assert one_name([Row("บ้านโคก", 4), Row("บ้านโคกสูง", 2)]) == {"บ้านโคก": "บ้านโคก", "บ้านโคกสูง": "บ้านโคกสูง"}


def test_a_quoted_term_is_kept_once_it_is_said_again(ledger, tell):
    tell("terms", "term", "ปลาดุกร่ำรวย", sure=False)
    assert lines(ledger, "terms") == (0, [])
    tell("terms", "term", "ปลาดุกร่ำรวย", sure=False)
    assert lines(ledger, "terms") == (1, [("term", "ปลาดุกร่ำรวย", 2)])


def test_each_passage_without_a_name_is_a_line_in_the_order_of_the_boxes(ledger, tell):
    tell("card", "next", "", date(2008, 1, 5))
    tell("card", "expected", "", date(2008, 1, 4))
    tell("card", "expected", "", date(2008, 1, 5))
    assert lines(ledger, "card") == (3, [("expected", "", 1), ("expected", "", 1), ("next", "", 1)])


def test_lines_of_one_post_stand_in_the_order_of_its_text(ledger, tell):
    for day in (date(2008, 1, 5), date(2008, 1, 5), date(2008, 2, 1)):
        tell("card", "next", "", day)
    card = ledger.sections("p1")[4]
    assert [item.evidence[0].passage.span.start for item in card.items] == [2, 0, 1]


def test_memory_stays_flat_and_what_is_heard_of_most_stays(ledger, tell):
    for _ in range(3):
        tell("partners", "at-table", "เทศบาล", date(2008, 1, 1))
    for number in range(1500):
        tell("partners", "at-table", f"กลุ่มที่ {number}", date(2008, 1, 2))
    total, shown = lines(ledger, "partners")
    assert total == 1501
    assert len(shown) == LINES
    assert ("at-table", "เทศบาล", 3) in shown
    assert max(len(table) for table in ledger._tables.values()) <= 401


def test_the_order_in_which_posts_come_changes_nothing(ledger, tell):
    other = Ledger()
    found = []
    ledger.add, add = lambda *each: found.append(each), ledger.add
    for day in (3, 1, 2):
        tell("areas", "issue", "ต.หนองเสือ", date(2008, 5, day))
        tell("terms", "term", f"คำ{day}โมเดล", date(2008, 5, day))
    for each in found:
        add(*each)
    for each in reversed(found):
        other.add(*each)
    assert ledger.sections("p1") == other.sections("p1")
