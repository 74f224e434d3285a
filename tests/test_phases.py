"""Which phase a passage belongs to, and what says so: the passage's own words, the day of the post, the words of the whole post."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.phases import assign
from pipeline.records import ActionFields, Comment, Passage, Phase, Post, Span, When

PILOT = Phase("pilot", "ระยะทดลอง", date(2011, 1, 1), date(2011, 12, 31), ("รุ่น 1", "ตลาดต้นแบบ"))
WIDE = Phase("wide", "ระยะขยาย", date(2012, 1, 1), date(2012, 12, 31), ("รุ่น 2", "ตลาดทั้งอำเภอ", "รุ่น 2 ภาคค่ำ"))
NOW = Phase("now", "ระยะดูแลกันเอง", date(2013, 1, 1), None, ("400 แผง", "MOU"))
PHASES = (PILOT, WIDE, NOW)
NO_DAY = "แม่ค้าช่วยกันตั้งกติกาเรื่องขยะ"


def post_of(body: str, day: str | None = None, title: str | None = None, lead: str = "", comment: str = "") -> Post:
    text = lead + body + comment
    ends = len(lead), len(lead) + len(body)
    return Post(
        id="9",
        source="9.txt",
        origin="/9.txt",
        text=text,
        title=title,
        posted_at=datetime.fromisoformat(day) if day else None,
        lead=Span(0, ends[0]) if lead else None,
        body=(Span(*ends),),
        comments=(Comment(Span(ends[1], len(text))),) if comment else (),
    )


def passage_of(quote: str) -> Passage:
    return Passage(post="9", source="9.txt", span=Span(0, len(quote)), quote=quote, label="lesson", confidence=0.7)


def place(quote: str, post: Post | None = None, phases: tuple[Phase, ...] = PHASES) -> tuple[str | None, str]:
    [placed] = assign(post or post_of(quote), [passage_of(quote)], phases)
    return placed.phase, placed.phase_by


@pytest.mark.parametrize(
    ("quote", "phase"),
    [
        ("แม่ค้ารุ่น 1 ขายผักปลอดสาร", "pilot"),
        ("แม่ค้ารุ่น ๑ ขายผักปลอดสาร", "pilot"),
        ("แม่ค้ารุ่น1ขายผักปลอดสาร", "pilot"),
        ("แม่ค้ารุ่น\u00a0 \u00a01 ขายผัก", "pilot"),
        ("แม่ค้ารุ่น\u200b 1 ขายผัก", "pilot"),
        ("แม่ค้ารุ่น\r\n1 ขายผัก", "pilot"),
        ("แม่ค้ารุ่น 10 ขายผักปลอดสาร", None),
        ("แม่ค้ารุ่น ๑๐ ขายผักปลอดสาร", None),
        ("แม่ค้ารุ่น 1,500 คน", None),
        ("แม่ค้ารุ่น 1, 2 มาครบ", "pilot"),
        ("เปิดครบ 400 แผง", "now"),
        ("เปิดครบ 1,400 แผง", None),
        ("เปิดครบ 2400 แผง", None),
        ("ลงนาม mou กันแล้ว", "now"),
        ("ขึ้นรถที่ MOUNTAIN", None),
        ("แม่ค้ารุ่น\n\n1 ขายผัก", None),
    ],
)
def test_the_words_for_a_phase_place_the_passage_however_they_are_spaced(quote, phase):
    assert place(quote) == ((phase, "cue") if phase else (None, "default"))


@pytest.mark.parametrize(
    ("quote", "day", "phase"),
    [
        ("ตลาดต้นแบบของรุ่น 1 สอนให้รุ่น 2 ทำเอง", None, "pilot"),  # most different cues
        ("รุ่น 2 รุ่น 2 และรุ่น 2 เรียนจากตลาดต้นแบบของรุ่น 1", None, "pilot"),  # one cue said three times is one cue
        ("รุ่น 1 สอนรุ่น 2", "2012-05-01", "wide"),  # as many: the day of the post decides
        ("รุ่น 1 สอนรุ่น 2", "2013-05-01", "pilot"),  # the day is neither's: the one named first
        ("รุ่น 2 เรียนจากรุ่น 1", None, "wide"),
        ("รุ่น 1 ชวนไปดู MOU", "2011-05-01", "pilot"),
    ],
)
def test_several_phases_in_one_passage(quote, day, phase):
    assert place(quote, post_of(quote, day)) == (phase, "cue")


def test_a_cue_inside_a_longer_cue_is_not_named():
    short = Phase("short", "สั้น", cues=("กลุ่มออม",))
    long = Phase("long", "ยาว", cues=("กลุ่มออม บ้านดอน",))
    assert place("กลุ่มออมบ้านดอนเปิดบัญชี", phases=(short, long)) == ("long", "cue")


def test_two_numbers_of_a_cue_stay_two_numbers():
    phases = (Phase("twins", "แฝด", cues=("แปลง 1 2",)),)
    assert place("ลงแรงที่แปลง 1  2", phases=phases) == ("twins", "cue")
    assert place("ลงแรงที่แปลง 12", phases=phases) == (None, "default")


@pytest.mark.parametrize(
    ("day", "phase"),
    [("2011-01-01T00:00", "pilot"), ("2011-12-31T23:59", "pilot"), ("2012-01-01", "wide"), ("2030-06-01", "now")],
)
def test_the_day_of_the_post_places_what_names_no_phase(day, phase):
    assert place(NO_DAY, post_of(NO_DAY + " รุ่น 1 รุ่น 2", day)) == (phase, "date")


def test_a_border_day_belongs_to_the_earlier_phase():
    phases = (Phase("a", "ก", last_day=date(2011, 6, 1)), Phase("b", "ข", date(2011, 6, 1)))
    assert place(NO_DAY, post_of(NO_DAY, "2011-06-01"), phases) == ("a", "date")


@pytest.mark.parametrize("day", [None, "2009-05-01"])
@pytest.mark.parametrize(
    ("parts", "phase"),
    [
        ({"body": "รุ่น 2 เริ่มแล้ว รุ่น 2 ไปต่อ ส่วนรุ่น 1 พัก"}, "wide"),
        ({"body": NO_DAY, "title": "เล่าเรื่องรุ่น 2"}, "wide"),
        ({"body": NO_DAY, "lead": "ตลาดต้นแบบวันนี้ "}, "pilot"),
        ({"body": "รุ่น 2 แล้วก็รุ่น 1"}, "pilot"),  # as often: the earliest phase
        ({"body": "รุ่น 1", "comment": " รุ่น 2 รุ่น 2 รุ่น 2"}, "pilot"),  # comments do not count
        ({"body": "1 คนมาขาย", "title": "แม่ค้ารุ่น"}, None),  # no cue runs from the title into the text
        ({"body": NO_DAY}, None),
    ],
)
def test_the_words_of_the_post_place_what_nothing_else_does(parts, phase, day):
    assert place(NO_DAY, post_of(day=day, **parts)) == (phase, "default")


@pytest.mark.parametrize("day", [None, "2011-05-01"])
def test_without_a_configuration_everything_is_one_phase(day):
    assert place(NO_DAY, post_of(NO_DAY, day), (Phase("all", "ทั้งหมด"),)) == ("all", "default")


def test_without_phases_nothing_is_placed():
    assert place("รุ่น 1", phases=()) == (None, "default")


def test_a_phase_without_days_claims_no_day():
    phases = (Phase("words", "คำ", cues=("รุ่น 1",)), WIDE)
    assert place(NO_DAY, post_of(NO_DAY, "2011-05-01"), phases) == (None, "default")


def test_each_passage_is_placed_for_itself_and_nothing_else_changes():
    post = post_of("รุ่น 1 " + NO_DAY, "2012-03-01")
    passages = [passage_of("รุ่น 1"), passage_of(NO_DAY)]
    placed = assign(post, passages, PHASES)
    assert [(passage.phase, passage.phase_by) for passage in placed] == [("pilot", "cue"), ("wide", "date")]
    assert [(passage.quote, passage.id) for passage in placed] == [(passage.quote, passage.id) for passage in passages]


def test_what_a_reviewer_said_stays_as_long_as_there_is_such_a_phase():
    said = replace(passage_of("รุ่น 1"), phase="wide", phase_by="reviewer")
    assert assign(post_of("รุ่น 1"), [said], PHASES) == [said]
    assert [(one.phase, one.phase_by) for one in assign(post_of("รุ่น 1"), [said], [PILOT])] == [("pilot", "cue")]


@given(st.text(alphabet="กาุ่นรMk 12๑๒,.()[*\\\u00a0\u200b", min_size=1, max_size=10))
def test_every_cue_is_found_in_itself(cue):
    says_something = bool(cue.replace("\u200b", "").strip())
    expected = ("odd", "cue") if says_something else (None, "default")
    assert place(f"ดู {cue} ด้วย", phases=(Phase("odd", "แปลก", cues=(cue,)),)) == expected


@pytest.mark.parametrize("piece", ["รุ่น", " ", "รุ่น \n", "1,"])
def test_time_grows_with_the_text_only(piece, grows_with_the_text):
    assert grows_with_the_text(lambda text: place(f"รุ่น{text}"), piece, 250_000)


@pytest.mark.parametrize(
    ("body", "day", "phase"),
    [
        (NO_DAY, None, "wide"),
        (f"{NO_DAY} ทั้ง 400 แผง", None, "now"),  # what the post says of itself comes first
        (NO_DAY, "2010-05-01", None),  # a day of the page that is in no phase is not set aside
    ],
)
def test_a_post_without_a_day_and_without_a_word_stands_where_its_days_do(body, day, phase):
    days = [date(2012, 3, 4), date(2012, 3, 9), date(2013, 2, 1)]
    named = [replace(passage_of(NO_DAY), action=ActionFields(when=(When("", one, one),))) for one in days]
    placed = assign(post_of(body, day), [*named, passage_of(NO_DAY)], PHASES)
    assert {(one.phase, one.phase_by) for one in placed} == {(phase, "default")}
