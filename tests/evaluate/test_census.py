"""The counts of a corpus are those of its marks."""

from pipeline.evaluate.census import as_table, count
from pipeline.labelled import LabelledPost, PostFacts
from pipeline.records import Passage, Post, Span

TEXT = "กขคงจฉชซฌญ" * 10


def labelled(writer, *labels, series=None):
    passages = tuple(Passage("p", "a.txt", Span(10 * n, 10 * n + 8), TEXT[:8], label, 1.0) for n, label in enumerate(labels))
    return LabelledPost(Post("p", "a.txt", "a.txt", TEXT), writer, passages, PostFacts("health", f"{writer} nurse", "report", series))


def test_posts_passages_voices_and_series_are_counted():
    found = count([labelled("w1", "lesson", "lesson", series="s1"), labelled("w2", "action", series="s1"), labelled("w2")])
    assert (found.posts, found.passages, found.labels) == (3, 3, {"lesson": 2, "issue": 0, "action": 1})
    assert (found.voices, found.series, found.in_series, found.empty, found.middle) == (2, 1, 2, 1, 8)
    assert found.other == 1 - 24 / 300


def test_nothing_is_counted_as_nothing():
    assert (count([]).posts, count([]).other) == (0, 1.0)


def test_writers_stand_in_the_order_of_their_numbers():
    table = as_table([labelled("w10", "issue"), labelled("w9")]).splitlines()
    assert [line.split("|")[1].strip() for line in table[2:]] == ["w9", "w10", "**all**"]
    assert table[-1] == "| **all** | 2 | 200 | 0 | 1 | 0 | 1 | 8 | 96.0% |"
