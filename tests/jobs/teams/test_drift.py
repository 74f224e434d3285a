"""The months of a team are told to people, with what they should look at."""

from dataclasses import replace
from datetime import UTC, datetime

from pipeline.corrections import Correction, anchor_of
from pipeline.jobs.teams.drift import as_lines, drift_of
from pipeline.records import Passage, Post, Span
from pipeline.store.store import Store

NOW = datetime(2026, 3, 5, 3, tzinfo=UTC)


def test_what_chance_drew_and_reviewers_overturned_is_told_by_month(tmp_path):
    posts = [Post(str(number), f"{number}.txt", "", f"ตกลงกันว่าจะล้างถังใบที่ {number}", posted_at=datetime(2026, 2, 3)) for number in range(30)]  # noqa: DTZ001 - as pages tell it
    said = [Passage(post.id, post.source, Span(0, len(post.text)), post.text, "action", 0.9, model="m1") for post in posts]
    with Store.open(f"sqlite:///{tmp_path}/lessons.db") as store:
        store.put_posts(posts)
        store.put_analysis("m1", "k1", [(post, [passage]) for post, passage in zip(posts, said, strict=True)])
        assert "ทุกค่าอยู่ในขอบเขต" in as_lines(drift_of(store, tmp_path, tmp_path))[-1]
        for number, (post, passage) in enumerate(zip(posts, said, strict=True)):
            anchor = anchor_of(post.text, passage.span)
            decided = Correction(
                passage.id, "label", "somchai", NOW, f"{number}/0", post.id, anchor, before="action", after="issue", queued="random", model="m1"
            )
            chosen = replace(decided, queued="uncertain") if number < 6 else decided if number < 26 else replace(decided, after="action")
            store.corrections.add([chosen], 0, lambda _post, said, _made: list(said))
        lines = as_lines(drift_of(store, tmp_path, tmp_path))
        english = as_lines(drift_of(store, tmp_path, tmp_path), "en")
        store.put_analysis("m2", "k1", [(post, [replace(passage, model="m2")]) for post, passage in zip(posts, said, strict=True)])
        assert drift_of(store, tmp_path, tmp_path).alarms == []  # what was overturned of the model before is not held against this one
    assert "| ก.พ. 2569 | 30 | 90 % | 100 % | 0 % | 0 | – | – |" in lines
    assert "| มี.ค. 2569 | 0 | – | – | – | 24 | 83 % | 20 % |" in lines
    assert lines[-1] == "**ควรดู: ผู้ตรวจทานแก้ป้ายบ่อยเกินที่แบบจำลองสัญญาไว้**"
    assert "| Mar 2026 | 0 | – | – | – | 24 | 83 % | 20 % |" in english
    assert not any("\u0e00" <= sign <= "\u0e7f" for line in english for sign in line)
