"""What reviewers are told of their work: how far two agree, and whether the suggestion of the machine pulls them along."""

from datetime import UTC, datetime

from pipeline.corrections import Correction, anchor_of
from pipeline.desk import Desk

NOW = datetime(2027, 1, 15, tzinfo=UTC)


def read_by_two(store, post, passages, given):
    """Let two read the same passages without seeing each other; `given` are the labels and whether the suggestion "lesson" was shown."""
    anchor = anchor_of(post.text, passages[0].span)
    for number, (label, shown) in enumerate(given):
        for reviewer in ("somsri", "somchai"):
            one = Correction(
                f"item-{number}", "label", reviewer, NOW, f"{reviewer}-{number}/0", post.id, anchor, before="lesson", after=label,
                suggestion_shown=shown, lane=reviewer,
            )  # fmt: skip
            Desk(store).decide([one])


def test_whether_suggestions_pull_readers_along_is_told_in_points(browser, store, post, passages):
    read_by_two(store, post, passages, [*[("lesson", True)] * 5, *[("lesson", False)] * 4, ("issue", False)])
    assert "เมื่อเห็นข้อเสนอของเครื่อง ผู้ตรวจตอบตรงกับเครื่องต่างจากเมื่อไม่เห็นอยู่ +20 จุดร้อยละ" in browser.get("/progress").text


def test_nothing_is_told_where_too_few_were_read_by_two(browser, store, post, passages):
    read_by_two(store, post, passages, [("lesson", True), ("issue", False)])
    page = browser.get("/progress").text
    assert "จุดร้อยละ" not in page
    assert "ต้องมีอย่างน้อย 10 ข้อ" in page
