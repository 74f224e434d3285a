"""The labelled corpus reads without a loss: every mark is a passage inside a part of its post."""

from pathlib import Path

import pytest

from pipeline.errors import SourceError
from pipeline.records import Span
from pipeline.sources.marked import read_corpus, read_marked, strip_marks

CORPUS = Path(__file__).parents[2] / "corpora" / "posts"


@pytest.fixture(scope="module")
def corpus():
    return list(read_corpus(CORPUS))


def test_every_passage_is_its_own_quote_inside_a_part_of_the_post(corpus):
    assert len(corpus) >= 130
    for labelled in corpus:
        post = labelled.post
        parts = [part for part in (post.lead, *post.body, *(comment.span for comment in post.comments)) if part]
        for passage in labelled.passages:
            assert passage.quote == passage.span.of(post.text)
            assert (passage.quote in post.title and passage.span.end < parts[0].start) or any(
                part.overlap(passage.span) == len(passage.quote) for part in parts
            ), (
                post.source,
                passage.quote,
            )


def test_every_page_has_a_title_and_the_comments_it_states(corpus):
    assert [labelled.post.source for labelled in corpus if labelled.post.notes] == []
    assert all(labelled.post.title and "⟦" not in labelled.post.text for labelled in corpus)


def test_ids_are_unique_and_posts_come_in_name_order(corpus):
    sources = [labelled.post.source for labelled in corpus]
    assert sources == sorted(sources)
    assert len({labelled.post.id for labelled in corpus}) == len(corpus)
    assert corpus[0].writer == "w1"


def test_a_passage_in_a_comment_has_its_voice_and_speaker(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("ชื่อเรื่อง\n\nวันนี้ ⟦L|ต้องฟังก่อนพูด⟧ ค่ะ\n\nความเห็น (1)\n\nลุงดำ\n\n⟦I|น้ำไม่พอ⟧ครับ จะทำอย่างไร", encoding="utf-8")
    first, second = read_marked(path, "w9").passages
    assert (first.quote, first.label, first.voice, first.confidence, first.origin) == ("ต้องฟังก่อนพูด", "lesson", "author", 1.0, "reviewer")
    assert (second.quote, second.label, second.voice, second.speaker) == ("น้ำไม่พอ", "issue", "commenter", "ลุงดำ")
    assert first.source == "w9/a.txt"


def test_offsets_count_without_the_marks():
    text, spans = strip_marks("ก⟦A|ขค⟧\r\n⟦I|ง⟧", "a.txt")
    assert text == "กขค\r\nง"
    assert spans == [(Span(1, 3), "action"), (Span(5, 6), "issue")]


@pytest.mark.parametrize(
    ("marked", "said", "line"),
    [
        ("ก\n⟦L|ข", "not closed", 2),
        ("⟦L|ก\n⟦I|ข⟧⟧", "inside a mark", 2),
        ("ก\n\n⟦X|ข⟧", "the mark ⟦X|", 3),
        ("⟦ก⟧", "the mark ⟦", 1),
        ("ก⟧", "without a passage", 1),
        ("⟦L|⟧", "without a passage", 1),
    ],
)
def test_a_wrong_mark_names_its_line(marked, said, line):
    with pytest.raises(SourceError) as caught:
        strip_marks(marked, "a.txt")
    assert said in caught.value.en
    assert caught.value.line == line
