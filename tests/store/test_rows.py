"""A record that went through the database is the record that went in."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.records import ActionFields, Actor, ChainLink, Comment, FigureTold, Note, Passage, Post, Remarks, Span, When
from pipeline.store.rows import post_row
from pipeline.store.store import Store

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
maybe_words = st.none() | words
times = st.none() | st.datetimes()
days = st.none() | st.dates()
many_words = st.lists(words, max_size=3).map(tuple)
spans = st.tuples(st.integers(0, 2**31 - 1), st.integers(0, 2**31 - 1)).map(lambda pair: Span(min(pair), max(pair)))
posts = st.builds(
    Post,
    id=words,
    source=words,
    origin=words,
    text=words,
    title=maybe_words,
    author=maybe_words,
    posted_at=times,
    edited_at=times,
    url=maybe_words,
    blog=maybe_words,
    licence=maybe_words,
    lead=st.none() | spans,
    body=st.lists(spans, max_size=2).map(tuple),
    comments=st.lists(st.builds(Comment, spans, maybe_words, times), max_size=2).map(tuple),
    notes=st.lists(st.builds(Note, words, words), max_size=2).map(tuple),
)
actions = st.builds(
    ActionFields,
    who=st.lists(st.builds(Actor, words, maybe_words, maybe_words), max_size=2).map(tuple),
    what=maybe_words,
    when=st.lists(st.builds(When, words, days, days, maybe_words, maybe_words, maybe_words, maybe_words), max_size=2).map(tuple),
    where=maybe_words,
    state=maybe_words,
    strength=maybe_words,
    decided_by=maybe_words,
    advised_by=maybe_words,
    until=maybe_words,
)
links = st.builds(ChainLink, st.sampled_from(["event", "cause", "effect", "remedy", "condition", "affected"]), spans, words)
figures = st.builds(FigureTold, words, words, st.integers(0, 10**9), st.none() | st.integers(0, 10**9), words, st.booleans())
remarks = st.builds(Remarks, many_words, st.lists(figures, max_size=2).map(tuple), st.none() | st.integers(0, 99))
passages = st.builds(
    Passage,
    post=st.just("1"),
    source=words,
    span=spans,
    quote=words,
    label=words,
    confidence=st.floats(0, 1),
    why=many_words,
    voice=st.sampled_from(["author", "commenter", "reply", "quoted"]),
    speaker=maybe_words,
    phase=maybe_words,
    phase_by=st.sampled_from(["reviewer", "cue", "date", "default"]),
    group=maybe_words,
    model=maybe_words,
    origin=st.sampled_from(["model", "reviewer"]),
    also=many_words,
    facets=many_words,
    action=st.none() | actions,
    chain=st.lists(links, max_size=2).map(tuple),
    remarks=remarks,
    second=st.none() | st.tuples(words, st.floats(0, 1)),
)
one_database = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    with Store.open(f"sqlite:///{tmp_path_factory.mktemp('rows')}/lessons.db") as store:
        yield store


@one_database
@given(post=posts)
def test_every_field_of_a_post_comes_back(kept, post):
    kept.put_posts([post])
    assert kept.posts_by_id([post.id]) == {post.id: post}
    assert kept.put_posts([post]).unchanged == 1


@one_database
@given(passage=passages)
def test_every_field_of_a_passage_comes_back(kept, a_post, passage):
    kept.put_posts([a_post("1")])
    with kept._writing() as connection:
        connection.exec_driver_sql("DELETE FROM passages")  # also a reviewer's, which the store itself never drops
    kept.put_analysis("m1", "k1", [(a_post("1"), [passage])])
    assert kept.passages_of(["1"]) == {"1": [passage]}


def test_an_action_keeps_its_dates(store, a_post, a_passage):
    when = When("ทุกวันที่ 5", date(2007, 2, 5), None, "09:30", "FREQ=MONTHLY;BYMONTHDAY=5", "post date")
    passage = a_passage(a_post(), label="action", action=ActionFields((Actor("คุณลิขิตทุกตำบล", None, "คุณลิขิต"),), "ส่งบันทึก", (when,)))
    store.put_posts([a_post()])
    store.put_analysis("m1", "k1", [(a_post(), [passage])])
    assert store.passages_of(["1"])["1"] == [passage]


def test_what_many_passages_have_is_one_object_for_all_of_them(store, a_post, a_passage):
    """A run holds tens of thousands."""
    when, who = When("วันที่ 5", date(2007, 2, 5), date(2007, 2, 5), "09:30", basis="post date"), Actor("ครูแดง", "แดง", "ครู")
    action = ActionFields((who,), None, (when,), "ศาลากลางบ้าน", "planned", "assigned")
    told = {"label": "action", "why": ("ต้อง",), "speaker": "ครูแดง", "phase": "p1", "model": "m1", "action": action, "second": ("lesson", 0.25)}
    store.put_posts([a_post()])
    store.put_analysis("m1", "k1", [(a_post(), [a_passage(a_post(), start, start + 3, **told) for start in (0, 5)])])
    one, other = store.passages_of(["1"])["1"]
    of_both = ("post", "source", "label", "voice", "speaker", "phase", "phase_by", "model", "origin", "why", "also", "facets", "remarks")
    assert [name for name in of_both if getattr(one, name) is not getattr(other, name)] == []
    assert one.second[0] is other.second[0]
    assert [name for name in ("where", "state", "strength") if getattr(one.action, name) is not getattr(other.action, name)] == []
    assert one.action.when[0].first_day is other.action.when[0].last_day
    assert one.action.who[0].name is other.action.who[0].name


@pytest.mark.parametrize("field", ["posted_at", "edited_at"])
def test_a_time_with_a_zone_is_refused(a_post, field):
    with pytest.raises(ValueError, match=r"without a zone. Got 2007-02-26T00:00:00\+00:00"):
        post_row(a_post(**{field: datetime(2007, 2, 26, tzinfo=UTC)}))
