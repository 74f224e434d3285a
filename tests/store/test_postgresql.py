"""The same store on a real PostgreSQL server: opening, migrating, several writers at once, and what is refused."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from pipeline.errors import StoreError
from pipeline.store.opening import read_url
from pipeline.store.store import Store
from pipeline.store.tables import REVISION_TABLE, metadata

ROOT = Path(__file__).parents[2]
WRITE = """
import sys
from pipeline.records import Passage, Post, Span
from pipeline.store.store import Store
url, name = sys.argv[1], sys.argv[2]
post = lambda number, text: Post(id=str(number), source=f"{number}.txt", origin=f"{number}.txt", text=text)
with Store.open(url) as store:
    for turn in range(8):
        posts = [post(number, f"ต้องคุยกันก่อน {name} {turn}") for number in (range(40) if name < "c" else range(39, -1, -1))]
        store.put_posts(posts)
        fields = {"span": Span(0, 6), "label": "lesson", "confidence": 0.9}
        found = [(one, [Passage(post=one.id, source=one.source, quote=one.text[:6], **fields)]) for one in posts]
        store.put_analysis("m1", "k1", found)
"""


@pytest.fixture
def url(postgres):
    return postgres.fresh()


@pytest.fixture
def sql(url):
    """Return a way to say something to the server beside the store."""
    engine = create_engine(read_url(url), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection.exec_driver_sql
    engine.dispose()


def test_migrations_make_the_tables(store):
    with store._engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": REVISION_TABLE, "compare_type": True})
        assert compare_metadata(context, metadata) == []


@pytest.mark.parametrize("round_", range(2))
def test_several_processes_open_and_write_the_same_posts_at_one_moment(url, round_):
    processes = [subprocess.Popen([sys.executable, "-c", WRITE, url, name], cwd=ROOT, stderr=subprocess.PIPE, text=True) for name in "abcd"]
    assert [process.communicate(timeout=120)[1] for process in processes] == [""] * 4
    with Store.open(url) as store:
        posts = {post.id: post for post in store.posts()}
        passages = list(store.passages())
        waiting = {post.id for post in store.waiting("m1", 100)}
    assert len(posts) == 40
    assert len({passage.post for passage in passages}) == len(passages)
    assert waiting | {passage.post for passage in passages} == set(posts)
    assert all(posts[passage.post].text[:6] == passage.quote for passage in passages)


def test_names_of_other_programs_may_stand_beside_ours(url, sql):
    sql("CREATE TABLE bookmarks (id int)")
    sql("CREATE TABLE alembic_version (version_num text)")
    with Store.open(url) as store:
        assert store.count_posts() == 0


def test_a_table_of_another_program_under_our_name_is_refused(url, sql):
    sql("CREATE TABLE posts (id int)")
    with pytest.raises(StoreError, match="Got the table 'posts' of another program"):
        Store.open(url)
    assert sql("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").scalar() == 1


def test_a_lock_of_another_program_is_waited_for_and_then_told(url, a_post):
    other = create_engine(read_url(url))
    with Store.open(url, timeout=0.3) as store, other.connect() as connection:
        connection.exec_driver_sql("LOCK TABLE posts IN ACCESS EXCLUSIVE MODE")
        begun = time.monotonic()
        with pytest.raises(StoreError, match="Another program kept it locked") as refused:
            store.put_posts([a_post()])
        assert 0.2 < time.monotonic() - begun < 5
        assert "ล็อกไว้นาน" in refused.value.th
        connection.rollback()
        assert store.put_posts([a_post()]).new == 1
    other.dispose()


def test_a_database_that_can_only_be_read_is_told(url, sql, a_post):
    Store.open(url).close()
    sql(f"ALTER DATABASE {url.partition('@/')[2].partition('?')[0]} SET default_transaction_read_only = on")
    with Store.open(url) as store, pytest.raises(StoreError, match="can only be read"):
        store.put_posts([a_post()])


def test_a_server_that_goes_away_is_told_and_what_was_kept_stays(url, sql, store, a_post):
    store.put_posts([a_post("1")])
    sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()")
    with pytest.raises(StoreError, match=r"terminating connection|server closed"):
        store.put_posts([a_post("2")])
    assert store.put_posts([a_post("2")]).new == 1
    assert store.count_posts() == 2


def test_no_server_at_the_address_is_one_sentence():
    with pytest.raises(StoreError) as refused:
        Store.open("postgresql://km:secret@127.0.0.1:1/lessons", timeout=2)
    assert "\n" not in refused.value.en + refused.value.th
    assert "secret" not in refused.value.en
    assert "refused" in refused.value.en
