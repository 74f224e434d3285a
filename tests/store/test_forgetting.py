"""What a database forgets is gone from every table, on both databases, and the guards of the corrections stand again."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from pipeline.corrections import Correction, anchor_of
from pipeline.errors import StoreError
from pipeline.forgotten import Erased
from pipeline.jobs.keeping.eraser import Erasure
from pipeline.outgoing import Letter, Seen
from pipeline.privacy.forgetting import forget_name
from pipeline.records import Comment, Span
from pipeline.store.forgetting import _WORDS
from pipeline.store.tables import metadata

NOW = datetime(2026, 1, 5, 3, tzinfo=UTC)
PLAIN = NOW.replace(tzinfo=None)
SAID = "พี่สมหญิงเล่าว่าต้องคุยกันก่อน แล้วค่อยลงมือ"


WITHOUT_WORDS = {
    "addresses",
    "analyses",
    "digests",
    "feeds",
    "forgotten",
    "journal",
    "near_misses",
    "review_links",
    "review_sessions",
    "runs",
    "secrets",
}


def test_every_table_either_forgets_names_or_holds_no_words_of_posts():
    assert {table.name for table in _WORDS} | WITHOUT_WORDS == set(metadata.tables)


@pytest.fixture
def filled(store, a_post, a_passage):
    """Return a store in which a name stands wherever one can stand: in two posts, one of them with comments; a third is without it."""
    told = a_post("1", SAID, author="สมหญิง", comments=(Comment(Span(0, 5), "พี่สมหญิง"),))
    for post in (told, a_post("2", f"เรื่องอื่น {SAID}", title="คุยกับสมหญิง"), a_post("3", "ไม่มีชื่อใคร")):
        store.put_posts([post])
        store.put_analysis("m1", "k1", [(post, [a_passage(post, 0, min(20, len(post.text)), speaker="สมหญิง" if post.id != "3" else None)])])
    made = Correction("item", "label", "somchai", NOW, "k/0", "1", anchor_of(SAID, Span(2, 12)), after="issue", note="ถามสมหญิงแล้ว")
    store.corrections.add([made], 0)
    letter = Letter("key", "a@example.org", "all", "<1@x>", "เรื่องของสมหญิง", "To: a", Seen("m1", 1, None))
    store.outbox.put(letter, PLAIN)
    store.outbox.put(Letter("key2", "b@example.org", "all", "<2@x>", "s", "To: b", Seen("m1", 1, None)), PLAIN)
    store.outbox.filed(2, PLAIN)
    store.outbox.meet("b@example.org", "name-of-b")
    return store


def everything(store):
    with store._reading() as connection:
        return {name: repr(connection.execute(table.select()).all()) for name, table in metadata.tables.items()}


def person():
    return Erasure([forget_name("สมหญิง", "s")])


def test_a_look_tells_what_would_go_and_changes_nothing(filled):
    before = everything(filled)
    found = filled.forgetting.look(person())
    assert found == Erased(posts=2, passages=2, corrections=1, messages=2, origins=("/inbox/1.txt", "/inbox/2.txt"))
    assert everything(filled) == before


def test_a_name_is_masked_in_every_table_and_every_quotation_stays_true(filled):
    assert filled.forgetting.erase(person()).posts == 2
    assert [name for name, rows in everything(filled).items() if "สมหญิง" in rows] == []
    texts = {post.id: post.text for post in filled.posts()}
    assert all(texts[one.post][one.span.start : one.span.end] == one.quote for one in filled.passages())
    assert texts["1"] == SAID.replace("สมหญิง", "▮" * 6)
    assert filled.count_waiting("m1") == 2  # what is masked is read again
    assert [(one.state, filled.outbox.message(one.number)) for one in filled.outbox.posted()] == [("filed", None)]
    assert filled.forgetting.erase(person()) == Erased()


def test_what_is_made_on_demand_is_made_anew(filled):
    filled.search.refresh()
    assert filled.search.refresh() == 0
    filled.forgetting.erase(person())
    assert filled.search.refresh() == 3
    assert filled.search.find("สมหญิง") == []


def test_nothing_but_forgetting_changes_a_correction(filled):
    filled.forgetting.erase(person())
    [kept] = filled.corrections.every()
    assert kept.anchor.exact == ("พี่" + "▮" * 6 + SAID[9:])[2:12]
    for change in ("UPDATE corrections SET note = ''", "DELETE FROM corrections"):
        with pytest.raises(StoreError), filled._writing() as connection:
            connection.execute(text(change))


def test_a_post_goes_with_all_that_hangs_on_it(filled, a_post):
    class One(Erasure):
        def forgets_post(self, post_id, url):
            return post_id == "1"

    erasure = One([])
    erasure.kinds = frozenset({"post"})
    assert filled.forgetting.erase(erasure) == Erased(1, 1, 1, 2, 0, ("/inbox/1.txt",))
    assert [post.id for post in filled.posts()] == ["2", "3"]
    assert {one.post for one in filled.passages()} == {"2", "3"}
    assert list(filled.corrections.every()) == []


def test_a_failure_leaves_the_guards_where_they_were(filled):
    class Breaks(Erasure):
        def cover_in(self, value):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        filled.forgetting.erase(Breaks([forget_name("สมหญิง", "s")]))
    with pytest.raises(StoreError), filled._writing() as connection:
        connection.execute(text("DELETE FROM corrections"))


def test_what_was_asked_is_open_until_it_is_finished_and_again_when_it_is_asked_again(store):
    row = forget_name("สมหญิง", "s")
    assert not store.forgetting.is_open()
    store.forgetting.remember([row], PLAIN)
    assert (store.forgetting.rows(), store.forgetting.is_open()) == ([row], True)
    store.forgetting.scrub()
    store.forgetting.finish()
    assert not store.forgetting.is_open()
    store.forgetting.remember([row], PLAIN)
    assert store.forgetting.is_open()
