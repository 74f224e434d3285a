"""Independent sources are people, not mentions."""

import pytest

from pipeline.records import DigestItem, Evidence, Passage, Span


def said(post, voice="author", speaker=None, author=None):
    return Evidence(Passage(post, f"{post}.txt", Span(0, 1), "ก", "lesson", 0.9, voice=voice, speaker=speaker), None, author, None, None)


@pytest.mark.parametrize(
    ("mentions", "count"),
    [
        ([said("1"), said("1")], 1),  # a lead and its body
        ([said("1"), said("1", "reply")], 1),  # the author answers
        ([said("1"), said("1", "commenter", "มาลี")], 2),
        ([said("1"), said("2")], 2),  # nobody knows who wrote them
        ([said("1", author="อรุณ"), said("2", author="อรุณ")], 1),
        ([said("1", "quoted", "ผู้ใหญ่แดง"), said("2", "quoted", "ผู้ใหญ่แดง"), said("2", author="อรุณ")], 2),
    ],
)
def test_sources_are_counted_once_each(mentions, count):
    assert DigestItem("lesson", tuple(mentions)).sources == count
