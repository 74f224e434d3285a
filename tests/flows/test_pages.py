"""A night tells on a page of its own when reviewers overturn more than the model promises, and says nothing otherwise."""

from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from flows import pages
from pipeline.corrections import Correction, anchor_of
from pipeline.jobs.files import open_store
from pipeline.records import Passage, Post, Span

NOW = datetime(2026, 3, 5, 3, tzinfo=UTC)


@pytest.mark.parametrize(("overturned", "told"), [(24, ["nightly-drift"]), (2, [])])
def test_an_alarm_is_a_page_of_the_night(overturned, told, tmp_path, monkeypatch):
    kept = {}
    monkeypatch.setattr(pages, "create_markdown_artifact", lambda key, markdown, description: kept.update({key: (description, markdown)}))
    order = SimpleNamespace(database=f"sqlite:///{tmp_path}/lessons.db", out=tmp_path, models=tmp_path)
    posts = [Post(str(number), f"{number}.txt", "", f"ตกลงกันว่าจะล้างถังใบที่ {number}") for number in range(24)]
    with open_store(order.database, order.out) as store:
        store.put_posts(posts)
        said = {post: Passage(post.id, post.source, Span(0, len(post.text)), post.text, "action", 0.9, model="m1") for post in posts}
        store.put_analysis("m1", "k1", [(post, [passage]) for post, passage in said.items()])
        for number, (post, one) in enumerate(said.items()):
            made = Correction(one.id, "label", "ครูแดง", NOW, f"{number}/0", post.id, anchor_of(post.text, one.span), before="action", after="issue")
            made = replace(made, queued="random", model="m1", after="issue" if number < overturned else "action")
            store.corrections.add([made], 0, lambda _post, passages, _made: list(passages))
    pages.keep_alarms(order)
    assert list(kept) == told
    for description, markdown in kept.values():
        assert description == "แบบจำลองอาจไม่เข้ากับบันทึกใหม่"
        assert markdown.splitlines()[-1] == "**ควรดู: ผู้ตรวจทานแก้ป้ายบ่อยเกินที่แบบจำลองสัญญาไว้**"
