"""Pieces are exact stretches of the post that cross no line, list item, comment or bracket."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.assets import asset
from pipeline.nlp.passages import Cutter, CutterWeights, cut_line, doc_lines, without_margins
from pipeline.records import Comment, Post, Span
from pipeline.sources import find_files, read_posts
from pipeline.text import clean

PROSE = ["ทีม", "ตกลงกันว่า", "จะ", "วันที่", "12", "คน", "ปัญหาคือ", "น้ำ", "ถ้า", "ก็", "แต่", "ยังไม่", "ต.บางแก้ว", "KM", "ต้อง", "ฟังก่อน", "ๆ"]
SLIPS = ["เเละ", "น\u0e4d\u0e49า", "น\u0e49\u0e4dา", "บา้น", "๑๒", "่", "\u200b", "\ufeff", "\u00a0", "\u2028", "😀", "👩\u200d👧"]
SIGNS = [*PROSE, *SLIPS, "-", "1.", "2)", "(", ")", " ", "  ", "\n", "\r\n", "\r", "\t"]
SCRAPS = st.lists(st.sampled_from(SIGNS), max_size=30).map("".join)
HOSTILE = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def parts(post):
    return [*([post.lead] if post.lead else []), *post.body, *(comment.span for comment in post.comments)]


def pieces_of(reader, post):
    """Return the pieces as spans of the post, and the passages."""
    with reader.batch():
        docs = reader.tokenize([post])
        passages = reader.classify(docs)[0]
        return reader.pieces(docs[0]), passages


def quotes(reader, post):
    return [span.of(post.text) for span in pieces_of(reader, post)[0]]


def check(post, pieces, passages):
    for span in pieces:
        quote = span.of(post.text)
        assert clean(quote).text.strip(), repr(quote)
        assert "\n" not in quote.strip("\r\n")
        assert "\r" not in quote
        assert any(part.overlap(span) == span.end - span.start for part in parts(post)), repr(quote)
    assert all(a.end <= b.start for a, b in pairwise(pieces))
    for passage in passages:
        assert passage.quote == post.text[passage.span.start : passage.span.end]
        assert passage.span in pieces


@HOSTILE
@given(scraps=st.lists(SCRAPS, min_size=1, max_size=4))
def test_any_post_is_quoted_character_for_character(reader, make_post, scraps):
    post = make_post(scraps[0], [(None, text) for text in scraps[1:]])
    check(post, *pieces_of(reader, post))


@HOSTILE
@given(text=SCRAPS.filter(lambda text: len(text) > 4), data=st.data())
def test_a_part_may_begin_and_end_anywhere(reader, text, data):
    """Pages glue the body to what stands behind it, without a space."""
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4)))
    body, comment = Span(cuts[0], cuts[1]), Span(cuts[2], cuts[3])
    post = Post("p", "p.txt", "/p.txt", text, body=(body,), comments=(Comment(comment),))
    cleaned = clean(text)
    allowed = [cleaned.to_raw(*_pair(cleaned.from_raw(part.start, part.end))) for part in (body, comment)]
    for span in pieces_of(reader, post)[0]:
        assert any(part.overlap(span) == span.end - span.start > 0 for part in allowed)


def _pair(span):
    return span.start, span.end


def test_a_word_across_the_border_of_a_part_is_cut_there(reader):
    text = "วงนี้ยังไปไม่ถึงเป้าหมายเลขบันทึก: 12"
    post = Post("p", "p.txt", "/p.txt", text, body=(Span(0, text.index("หมายเลข")),))
    assert quotes(reader, post) == ["วงนี้ยังไปไม่ถึงเป้า"]


@pytest.mark.parametrize("file", list(find_files([asset("corpora/samples")])), ids=lambda file: file.name)
def test_every_sample_is_quoted_character_for_character(reader, file):
    posts = list(read_posts(file))
    assert posts
    for post in posts:
        pieces, passages = pieces_of(reader, post)
        assert pieces
        check(post, pieces, passages)


def test_the_samples_hold_passages_of_every_label(reader):
    posts = [post for file in find_files([asset("corpora/samples")]) for post in read_posts(file)]
    assert {passage.label for found in reader.read(posts) for passage in found} == {"lesson", "issue", "action"}


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\n\n", "\r\n \r\n"])
def test_a_line_is_a_border(reader, make_post, line_end):
    assert quotes(reader, make_post(f"ลุงคำซ่อมเรือ{line_end}ป้าศรีทอเสื่อ")) == ["ลุงคำซ่อมเรือ", "ป้าศรีทอเสื่อ"]


def test_lead_body_and_comments_are_cut_apart(reader, make_post):
    post = make_post("ป้าศรีทอเสื่อ", [("ดำ", "ขอซื้อสองผืน"), (None, "สวยมาก")], lead="เสื่อกกบ้านเรา")
    assert quotes(reader, post) == ["เสื่อกกบ้านเรา", "ป้าศรีทอเสื่อ", "ขอซื้อสองผืน", "สวยมาก"]


def test_title_and_furniture_are_not_read(reader, make_post):
    assert quotes(reader, make_post("")) == []


@pytest.mark.parametrize("mark", ["-", "•", "1.", "2)", "(3)", "๔."])
def test_the_mark_of_a_list_item_is_left_off(reader, make_post, mark):
    assert quotes(reader, make_post(f"{mark} ตั้งเวรเฝ้าฝาย\n{mark} ซ่อมประตูน้ำ")) == ["ตั้งเวรเฝ้าฝาย", "ซ่อมประตูน้ำ"]


def test_signs_that_nobody_sees_stay_off_the_edges(reader, make_post):
    post = make_post("\ufeff\u00a0\u200bป้าศรีทอเสื่อ\u200b\u00a0\n\u00a0")
    assert quotes(reader, post) == ["ป้าศรีทอเสื่อ"]


def test_the_quote_keeps_the_typing_of_the_page(reader, make_post):
    line = "น\u0e4d\u0e49าแล้งเเละบา้นร้าง"
    assert quotes(reader, make_post(line)) == [line]


def test_a_run_without_spaces_is_cut_before_it_grows_too_long(reader, make_post):
    line = ("เมื่อวานคนเฒ่าคนแก่พากันเดินขึ้นเขาเก็บเห็ดแต่ฝนตกหนักจนทางลื่นจึงต้องกลับลงมาก่อน" * 20)[:1_500]
    pieces, _ = pieces_of(reader, make_post(line))
    assert "".join(span.of(make_post(line).text) for span in pieces) == line
    assert max(span.end - span.start for span in pieces) <= 400
    assert len(pieces) >= 4


@pytest.mark.parametrize(
    "line",
    [
        "กบร้อง " * 14_000,
        "ชาวนาลงแขกเกี่ยวข้าว" * 5_000,
        "ก " * 50_000,
        "ก " * 25_000 + "1) " * 16_000,
        "( " * 50_000,
        "ถ้า ก็ " * 14_000,
        "ต.บางแก้ว " * 10_000,
        "1" * 100_000,
    ],
    ids=["short units", "no space", "letters", "late list", "brackets", "conditions", "places", "one word"],
)
def test_a_line_of_a_hundred_thousand_characters_is_read_to_its_end(reader, make_post, line):
    post = make_post(line)
    pieces, passages = pieces_of(reader, post)
    check(post, pieces, passages)
    assert pieces[-1].end == post.body[0].start + len(line.rstrip())


def test_without_weights_length_alone_cuts(by_cues, make_post):
    unit = "ลุงคำพายเรือออกไปวางอวน "
    found = quotes(by_cues, make_post(unit * 12))
    assert 2 <= len(found) <= 5
    assert {len(quote) % len(unit) for quote in found} == {len(unit) - 1}


def test_the_pieces_of_a_line_hold_all_its_units(by_cues, make_post):
    with by_cues.batch():
        doc = by_cues.tokenize([make_post("- แบ่งเวร ดูน้ำ (ทุกคืน จนลด) แล้ว จดไว้ ที่ศาลา")])[0]
        doc._.hits = []
        (_, _, line) = next(doc_lines(doc))
        cuts = cut_line(line, CutterWeights(9.0, {}).log_odds)
        assert line.marked
        assert cuts[0][0] == line.units[0]
        assert cuts[-1][1] == line.units[-1]
        assert all(line.units.index(b[0]) == line.units.index(a[1]) + 1 for a, b in pairwise(cuts))
        assert [piece.marked for piece in Cutter(CutterWeights(9.0, {}))(doc)._.passages] == [True] * len(cuts)


MARGINS = [
    ("ขอเล่าสั้นๆ ที่ประชุมตกลงกันว่า เดือนหน้าจะเปิดเวทีใหม่ที่ศาลา", {"ขอเล่าสั้นๆ": 0.1}, ["ขอเล่าสั้นๆ", "ที่ประชุมตกลงกันว่า เดือนหน้าจะเปิดเวทีใหม่ที่ศาลา"]),
    ("เดือนหน้าจะเปิดเวทีใหม่ที่ศาลา หัวเราะกันใหญ่", {"หัวเราะกันใหญ่": 0.1}, ["เดือนหน้าจะเปิดเวทีใหม่ที่ศาลา", "หัวเราะกันใหญ่"]),
    ("เดือนหน้าจะเปิดเวทีใหม่ที่ศาลา หัวเราะกันใหญ่", {"หัวเราะกันใหญ่": 0.3}, ["เดือนหน้าจะเปิดเวทีใหม่ที่ศาลา หัวเราะกันใหญ่"]),
    ("เดือนหน้าจะเปิดเวทีใหม่ แล้วหัวเราะกันใหญ่ทั้งวง", {"แล้วหัวเราะกันใหญ่ทั้งวง": 0.1}, ["เดือนหน้าจะเปิดเวทีใหม่ แล้วหัวเราะกันใหญ่ทั้งวง"]),
    ("ขอเล่าสั้นๆ เรื่องเก่าที่เคยเล่าไปแล้วครั้งก่อน", {"ขอเล่าสั้นๆ": 0.1, "เรื่องเก่าที่เคยเล่าไปแล้วครั้งก่อน": 0.4}, ["ขอเล่าสั้นๆ เรื่องเก่าที่เคยเล่าไปแล้วครั้งก่อน"]),
]


@pytest.mark.parametrize(("text", "chances", "expected"), MARGINS, ids=["lead-in", "aside", "not so sure", "more than a margin", "nothing held"])
def test_a_margin_that_lies_outside_is_a_piece_of_its_own(by_cues, make_post, text, chances, expected):
    with by_cues.batch():
        (_, _, line) = next(doc_lines(by_cues.tokenize([make_post(text)])[0]))
        units = line.units
        start = units[0].start

        def inside(first, last):
            held = [(unit.end - unit.start, chances.get(unit.text, 0.9)) for unit in units if first <= unit.start and unit.end <= last + 1]
            return sum(size * chance for size, chance in held) / sum(size for size, _ in held)

        found = without_margins(line, [(units[0], units[-1])], inside, 0.8)
        assert [text[a.start - start : b.end - start] for a, b in found] == expected
