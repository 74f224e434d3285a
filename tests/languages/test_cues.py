"""Every cue shows itself in a sentence and keeps out of its near miss; no text makes a pattern slow."""

import re
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import SettingsError
from pipeline.labels import OTHER, label_ids
from pipeline.languages.th import cues
from pipeline.languages.th.cues import Hit, cue_set, find_cues
from pipeline.languages.th.tokens import words_of

# cue: a sentence that shows it, and one that looks like it and does not
EXAMPLES = {
    "obligation": ("ทีมงานจะต้องฟังก่อนพูด", "ชาวสวนจะต้องการปุ๋ยเพิ่ม"),
    "prohibition": ("อย่าเพิ่งแจกแบบสอบถาม", "ปักเสาเป็นแถวอย่างนี้"),
    "cause": ("เพราะแม่บ้านช่วยกันจด", "เขาเพราะปลูกผักกินเอง"),
    "effect": ("เล่นเกมก่อนทำให้เด็กกล้าถาม", "ถึงจะมีเรือแค่ลำเดียว"),
    "key": ("หัวใจของวงนี้คือการฟัง", "ลุงเป็นโรคหัวใจมานาน"),
    "discovery": ("พบว่าแม่บ้านจดบัญชีเก่ง", "ไปพบวัยรุ่นที่ลานวัด"),
    "comparison": ("ปลูกเองดีกว่าซื้อเขากิน", "คนมาฟังมากกว่า 20 คน"),
    "condition": ("ถ้าฝนมาเร็วให้เก็บก่อน", "เป็ดออกไปหากินแต่เช้า"),
    "consequence": ("ไม่จดไว้ก็จะลืม", "ผมก็ไม่รู้เหมือนกัน"),
    "works": ("วิธีนี้ได้ผลทุกหมู่บ้าน", "ปีนี้ได้ผลผลิตสามตัน"),
    "general-subject": ("ใครก็ตามมาดูสมุดได้", "คนที่สามของแถวชื่อแดง"),
    "opinion": ("เชื่อว่าเด็กทำได้", "แมวตัวนี้เชื่องมาก"),
    "lack": ("ยังขาดคนขับเรือ", "แม่ค้าไม่พอใจราคาใหม่"),
    "not-able": ("ไม่สามารถนัดครบทุกหมู่", "ฝนตกไม่ถึงกับหนัก"),
    "not-yet": ("ยังไม่ได้ซ่อมคอสะพาน", "ยังไม่จำเป็นตอนนี้"),
    "problem-word": ("ปัญหาคือน้ำเค็มขึ้นถึงสวน", "พบปัญหาการใช้งานโทรหาเรา"),
    "worry": ("กังวลเรื่องค่าไฟปลายปี", "รักษาตัวด้วย เป็นห่วงนะ"),
    "conflict": ("สองกลุ่มขัดแย้งกันเรื่องราคา", "ทอผ้าลายท้องถิ่นขาย"),
    "setback": ("ศาลาร้างมาสามปี", "ช่วยกันสร้างศาลา"),
    "open-question": ("ทำไมเด็กหายไปครึ่งห้อง", "ใครก็มาอ่านได้"),
    "only": ("ทั้งหมู่มีแต่คนแก่", "แค่เพื่อนบ้านมาเยี่ยม"),
    "decision": ("ตกลงกันว่าเก็บทุกวันศุกร์", "มะพร้าวตกลงมาในบ่อ"),
    "assignment": ("มอบหมายครูแดงถือบัญชี", "มอบรางวัลแก่เด็กๆ"),
    "schedule": ("นัดกันที่ศาลาวันพุธ", "ขายกันภายในชุมชน"),
    "recurrence": ("ล้างตลาดเดือนละครั้ง", "ทุกวันนี้คนเดินน้อย"),
    "change": ("เลื่อนไปหลังสงกรานต์", "ครูได้เลื่อนขั้นแล้ว"),
    "future": ("ทีมจะลงหมู่สี่ต้นปี", "เรือของทีมจอดริมท่า"),
    "plan": ("วางแผนปลูกป่าชายเลน", "กางแผนที่ดูทางน้ำ"),
    "agreement-term": ("2) สนับสนุนพันธุ์ปลาทุกหมู่", "ข้อ 2 ลุงคำเล่าเรื่องปลา"),
    "proposal": ("เสนอให้ย้ายตลาดเข้าร่ม", "ลองกองออกดกมาก"),
    "thanks": ("ขอบคุณทุกบ้านมากค่ะ", "วางขอบกระถางให้ตรง"),
    "narration": ("ตอนเช้าหมอกลงจัด", "วันนี้จะเก็บขยะริมคลอง"),
    "attendance": ("ผู้เข้าร่วมนั่งเต็มศาลา", "ผู้เข้าใจเรื่องน้ำดีคือลุงคำ"),
    "picture": ("ภาพถ่ายหน้าศาลา", "สุขภาพที่ดีเริ่มที่บ้าน"),
}
PATTERNS = [pytest.param(pattern, id=f"{cue.name}-{number}") for cue in cue_set() for number, pattern in enumerate(cue.patterns)]


def names(text):
    """Return the cues that begin at a word of the text."""
    return {cue_set()[hit.cue].name for hit in find_cues(text, accumulate(map(len, words_of(text)), initial=0))}


def test_every_cue_has_its_examples():
    assert [cue.name for cue in cue_set()] == list(EXAMPLES)


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_cue_is_found_and_its_near_miss_is_not(name):
    shows, near_miss = EXAMPLES[name]
    assert name in names(shows)
    assert name not in names(near_miss)


def test_a_hit_begins_where_a_word_begins():
    assert "setback" in {cue_set()[hit.cue].name for hit in find_cues("สร้าง")}
    assert names("สร้าง") == set()
    assert [hit.start for hit in find_cues("สร้างโรงร้าง", [0, 5, 8])] == [8]


@pytest.mark.parametrize("cue", cue_set(), ids=lambda cue: cue.name)
def test_a_cue_votes_for_a_label_with_a_weight(cue):
    assert cue.votes in (*label_ids(), OTHER)
    assert cue.weight in (1, 2, 3)
    assert cue.patterns


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_finds_nothing_empty_and_stays_in_its_line(pattern):
    assert pattern.search("") is None
    for sentence in (*(text for pair in EXAMPLES.values() for text in pair), "a b\n\n\r\n - 1 (2) ๆ"):
        assert all(match.end() > match.start() for match in pattern.finditer(sentence))


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_repeats_within_bounds(pattern):
    assert not re.search(r"(?<!\\)[*+](?![^\[]*\])|\{\d+,\}", pattern.pattern.replace("\\d+", "")), pattern.pattern


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_ends_on_a_hundred_thousand_repetitions(pattern):
    opening = re.match(r"[ก-๙]*", pattern.pattern)[0] or "12"
    sum(1 for _ in pattern.finditer(opening * 100_000))


@pytest.mark.parametrize("text", ["ไม่ใช่", "ยิ่ง", "การทำงาน", "จะ", "ให้", "เดี๋ยว", "ทีม", "1", "1 ", "จำนวน1", " ", "ก"])
def test_hostile_repetitions_are_read_to_their_end(text):
    hits = find_cues(text * 100_000)
    assert all(hit.start < hit.end <= len(text) * 100_000 for hit in hits)


def every_hit(text):
    """Return what each pattern finds when it alone looks through the whole text."""
    found = {Hit(number, *match.span()) for number, cue in enumerate(cue_set()) for pattern in cue.patterns for match in pattern.finditer(text)}
    return sorted(found, key=lambda hit: (hit.start, hit.end, hit.cue))


@given(st.lists(st.sampled_from([*(text for pair in EXAMPLES.values() for text in pair), " ", "\n", "จะ", "ไม่", "1", "ก"]), max_size=6).map("".join))
def test_the_quick_search_finds_what_every_pattern_finds_alone(text):
    assert list(dict.fromkeys(find_cues(text))) == every_hit(text)


@pytest.fixture
def cue_file(tmp_path, monkeypatch):
    file = tmp_path / "cues.toml"
    monkeypatch.setattr(cues, "__file__", str(file.with_suffix(".py")))
    cue_set.cache_clear()
    yield file
    cue_set.cache_clear()


def test_a_cue_that_votes_for_no_label_is_named(cue_file):
    cue_file.write_text('[[cue]]\nname = "wish"\nvotes = "hope"\nweight = 1\npatterns = ["อยาก"]\n', encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        cue_set()
    assert 'cues.toml, cue "wish": "votes" must be a label. Got "hope"' in caught.value.en
    assert "wish" in caught.value.th


@pytest.mark.parametrize(("text", "name"), [("ถ้าทำไม่จริงก็ไม่เห็นผล", "open-question"), ("ส่งงานวันที่ 1 กพ.49 พยายามให้ทัน", "picture")])
def test_a_hit_ends_with_its_syllable(text, name):
    cut = {text[hit.start : hit.end] for hit in find_cues(text)}
    assert "ทำไม" not in cut
    assert "49 พย" not in cut
    assert name not in names(text)


def test_a_month_is_shown_whole():
    text = "นัดวันที่ 8 มกราคม"
    assert "8 มกราคม" in {text[hit.start : hit.end] for hit in find_cues(text)}
