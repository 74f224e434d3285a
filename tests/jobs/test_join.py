"""Posts that say the same share a group in the store, and only as long as they do."""

import pytest

from pipeline.jobs import joining
from pipeline.jobs.joining import join_groups
from pipeline.records import Passage, Post, Span
from pipeline.store.store import Store

RULE = "กองทุนจะอยู่ได้ก็ต่อเมื่อสมาชิกเป็นคนตั้งกติกาเอง"


def post(id_, text):
    return Post(id_, f"{id_}.txt", f"/{id_}.txt", text, body=(Span(0, len(text)),))


@pytest.fixture
def store(tmp_path):
    with Store.open(f"sqlite:///{tmp_path}/lessons.db") as opened:
        yield opened


def put(store, *texts):
    posts = [post(str(number), text) for number, text in enumerate(texts)]
    store.put_posts(posts)
    found = [(one, [Passage(one.id, one.source, Span(0, len(one.text)), one.text, "lesson", 0.9, group=f"own {one.id}")]) for one in posts]
    store.put_analysis("model", "phases", found)
    join_groups(store, 1)


def groups(store):
    return [passage.group for passage in store.passages()]


def test_another_version_of_the_program_joins_anew(store, monkeypatch):
    put(store, RULE, f"{RULE} ป้าศรีว่าอย่างนั้น")
    asked = []
    whole = joining.joined
    monkeypatch.setattr(joining, "joined", lambda leaders, before: asked.append(before) or whole(leaders, before))
    join_groups(store, 1)
    monkeypatch.setattr(joining, "program", lambda: "another")
    join_groups(store, 1)
    join_groups(store, 1)
    assert [before is not None for before in asked] == [True, False, True]


def test_two_posts_share_a_group_until_one_is_changed(store):
    put(store, RULE, f"{RULE} ป้าศรีว่าอย่างนั้น", "ฝนตกหนักทั้งอาทิตย์")
    first, second, third = groups(store)
    assert first == second != third
    assert store.phase_summary(None, 0.5).totals == {"lesson": 2}
    [said, _] = store.top_groups(None, "lesson", 5)
    assert [mention.passage.post for mention in said] == ["0", "1"]
    put(store, RULE, "เด็กชอบปั้นดินมากกว่านั่งเรียน", "ฝนตกหนักทั้งอาทิตย์")
    assert len(set(groups(store))) == 3
