"""The labelled corpus reads without a loss: every mark is a passage inside a part of its post."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import SourceError
from pipeline.labelled import PostFacts
from pipeline.sources.marked import read_corpus, read_marked

CORPUS = Path(__file__).parents[2] / "corpora" / "posts"


@pytest.fixture(scope="module")
def corpus():
    return list(read_corpus(CORPUS))


def test_every_passage_is_its_own_quote_inside_a_part_of_the_post(corpus):
    assert len(corpus) >= 500
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


def test_the_corpus_is_as_large_and_as_even_as_its_card_says(corpus):
    labels = Counter(passage.label for labelled in corpus for passage in labelled.passages)
    assert sum(labels.values()) >= 5_500
    assert min(labels.values()) >= 1_500
    assert len({labelled.facts.domain for labelled in corpus}) >= 12
    assert len({(labelled.writer, labelled.facts.persona) for labelled in corpus}) >= 40
    assert any(not labelled.passages for labelled in corpus)


def test_the_corpus_holds_sixty_series_of_three_to_eight_posts(corpus):
    series = Counter(labelled.facts.series for labelled in corpus if labelled.facts.series)
    assert sum(3 <= length <= 8 for length in series.values()) >= 60
    assert set(series.values()) <= set(range(2, 9))
    parts = {(labelled.facts.series, labelled.facts.part) for labelled in corpus if labelled.facts.series}
    assert len(parts) == sum(series.values())


def test_every_action_of_the_corpus_says_its_state_and_its_strength(corpus):
    actions = [passage for labelled in corpus for passage in labelled.passages if passage.label == "action"]
    assert [passage.quote for passage in actions if not (passage.action.state and passage.action.strength)] == []


def test_a_mark_may_name_the_voice_and_the_fields_of_an_action(tmp_path):
    path = tmp_path / "a.txt"
    mark = "⟦A voice=quoted; speaker=ท่านปลัด; who=ครูแดง; when=2007-02; where=ศาลา; state=planned; strength=assigned; also=I|ท่านปลัดให้ครูแดงไปคุยที่ศาลา⟧"
    path.write_text(f"ชื่อเรื่อง\n\nวันนี้ {mark} ค่ะ", encoding="utf-8")
    (passage,) = read_marked(path, "w9").passages
    assert (passage.voice, passage.speaker, passage.also) == ("quoted", "ท่านปลัด", ("issue",))
    assert [who.text for who in passage.action.who] == ["ครูแดง"]
    assert (passage.action.when[0].first_day, passage.action.when[0].last_day) == (date(2007, 2, 1), date(2007, 2, 28))
    assert (passage.action.where, passage.action.state, passage.action.strength) == ("ศาลา", "planned", "assigned")


HEAD = "name,domain,persona,register,series,part,date\n"


def test_the_list_of_posts_says_what_each_is(tmp_path):
    folder = tmp_path / "w9"
    folder.mkdir()
    (folder / "a.txt").write_text("ชื่อ\n\nเนื้อความยาวพอสมควร", encoding="utf-8")
    (folder / "posts.csv").write_text(f"{HEAD}a,health,head nurse,report,w9-s1,2,2007-01-29\n", encoding="utf-8")
    (labelled,) = read_corpus(tmp_path)
    assert labelled.facts == PostFacts("health", "head nurse", "report", "w9-s1", 2, date(2007, 1, 29))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("", "a difference: a"),
        ("a,health,nurse,report,,,\nb,health,nurse,report,,,\n", "a difference: b"),
        ("a,cooking,nurse,report,,,\n", "cooking"),
        ("a,health,nurse,song,,,\n", "song"),
        ("a,health,nurse,report,s1,two,\n", "two"),
        ("a,health,nurse,report,,,29 Jan\n", "29 Jan"),
    ],
)
def test_a_wrong_list_of_posts_is_refused(tmp_path, rows, said):
    folder = tmp_path / "w9"
    folder.mkdir()
    (folder / "a.txt").write_text("ชื่อ\n\nเนื้อความยาวพอสมควร", encoding="utf-8")
    (folder / "posts.csv").write_text(HEAD + rows, encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        list(read_corpus(tmp_path))
    assert said in caught.value.en
