"""Feeds go into the folder of posts: what is new, what has changed, what is gone from the feed, what cannot be had."""

import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from pipeline.errors import AtWork, FetchError, NoPosts, SettingsError
from pipeline.jobs.collecting import LONGEST_WAIT, collect, collect_feeds, collect_tonight
from pipeline.jobs.run import RunOrder, check_order
from pipeline.jobs.turn import one_at_a_time
from pipeline.records import Post
from pipeline.settings import Feed, read_settings
from pipeline.sources import find_files, read_posts
from pipeline.store.store import Store

URL = "https://kop.example.org/feed"
NIGHT = datetime(2010, 10, 5, 1, 30)  # noqa: DTZ001 - UTC, as the store keeps it


def rss(*items):
    entries = "".join(f"<item><guid>{number}</guid><title>เรื่องที่ {number}</title><description>{text}</description></item>" for number, text in items)
    return f"<rss version='2.0'><channel>{entries}</channel></rss>".encode()


class Answers:
    """A fetcher that answers from a list, and remembers what it was asked."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = []

    def fetch(self, url, etag=None, last_modified=None):
        from pipeline.collecting import Fetched

        self.asked.append((url, etag, last_modified))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return Fetched(url, answer, f'"{len(self.asked)}"' if answer else etag, last_modified)


@pytest.fixture
def store(tmp_path):
    with Store.open(f"sqlite:///{tmp_path}/lessons.db") as opened:
        yield opened


@pytest.fixture
def nights(tmp_path, store):
    """Collect once for each answer, a night apart; return the reports and the fetcher."""
    inbox = tmp_path / "posts"
    inbox.mkdir()

    def collect_each(*answers, hours=24.0):
        fetcher = Answers(*answers)
        times = [NIGHT + timedelta(hours=hours * number) for number in range(len(answers))]
        reports = [collect_feeds(inbox, [Feed("kop", URL)], store, fetcher, "en", lambda moment=moment: moment)[0] for moment in times]
        return reports, fetcher

    collect_each.inbox = inbox
    return collect_each


def texts(inbox):
    return {post.id: post.text for file in find_files([inbox]) for post in read_posts(file) if isinstance(post, Post)}


def test_what_is_new_is_added_what_changed_is_replaced_and_what_is_gone_stays(nights):
    (first, second, third), fetcher = nights(rss((1, "ก่อน"), (0, "เก่า")), rss((2, "ใหม่"), (1, "แก้แล้ว")), rss((2, "ใหม่")))
    assert [(report.outcome, report.new, report.changed) for report in (first, second, third)] == [("read", 2, 0), ("read", 1, 1), ("read", 0, 0)]
    assert texts(nights.inbox) == {"0": "เก่า", "1": "แก้แล้ว", "2": "ใหม่"}
    assert [etag for _, etag, _ in fetcher.asked] == [None, '"1"', '"2"']


def test_what_is_unchanged_touches_no_file(nights):
    (_, second), _ = nights(rss((1, "ก")), None)
    assert second.outcome == "unchanged"
    file = nights.inbox / "feeds" / "kop.jsonl"
    before = file.stat().st_mtime_ns
    nights(rss((1, "ก")))
    assert file.stat().st_mtime_ns == before


def test_a_post_survives_the_way_into_the_file_and_out_again(nights):
    nights(
        b"<feed xmlns='http://www.w3.org/2005/Atom' xmlns:thr='http://purl.org/syndication/thread/1.0'><title>x</title><entry><id>a</id><title>T</title>"
        + "<author><name>กบ</name></author><published>2553-10-05T18:40:00+07:00</published><link href='https://kop.example.org/7'/>".encode()
        + "<content type='html'>&lt;p&gt;หนึ่ง&lt;p&gt;สอง</content></entry><entry><id>c</id><author><name>ครูวิน</name></author>".encode()
        + "<updated>2010-10-06T01:00:00Z</updated><thr:in-reply-to ref='a'/><content>ดีครับ</content></entry></feed>".encode()
    )
    (file,) = find_files([nights.inbox])
    (post,) = read_posts(file)
    assert (post.id, post.title, post.author, post.url, post.source) == ("a", "T", "กบ", "https://kop.example.org/7", "feeds/kop.jsonl")
    assert post.posted_at == datetime(2010, 10, 5, 18, 40)  # noqa: DTZ001 - local to the page
    assert post.text == "หนึ่ง\n\nสอง\n\nดีครับ"
    (comment,) = post.comments
    assert (comment.author, comment.span.of(post.text), comment.posted_at.hour) == ("ครูวิน", "ดีครับ", 8)


def test_each_failure_doubles_the_wait_and_a_success_ends_it(nights, store):
    away = FetchError("https://kop.example.org: away", "ไม่ตอบ")
    reports, fetcher = nights(away, away, away, hours=0.1)
    assert [report.outcome for report in reports] == ["failed", "waiting", "waiting"]
    assert len(fetcher.asked) == 1
    waits = []
    moment = NIGHT
    for _ in range(9):
        moment = store.feeds.state(URL).due_at
        collect_feeds(nights.inbox, [Feed("kop", URL)], store, Answers(away), "en", lambda moment=moment: moment)
        waits.append(store.feeds.state(URL).due_at - moment)
    assert waits[:3] == [timedelta(minutes=30), timedelta(hours=1), timedelta(hours=2)]
    assert waits[-1] == LONGEST_WAIT
    moment = store.feeds.state(URL).due_at
    collect_feeds(nights.inbox, [Feed("kop", URL)], store, Answers(rss((1, "ก"))), "en", lambda: moment)
    assert (store.feeds.state(URL).failures, store.feeds.state(URL).due_at, store.feeds.state(URL).said) == (0, None, None)


def test_a_site_names_the_wait_itself(nights, store):
    nights(FetchError("busy", "ไม่ว่าง", wait=2 * 24 * 3600.0))
    assert store.feeds.state(URL).due_at == NIGHT + timedelta(days=2)


def test_a_clock_that_was_wrong_stops_nothing(nights, store):
    nights(FetchError("busy", "ไม่ว่าง"))
    collect_feeds(nights.inbox, [Feed("kop", URL)], store, Answers(FetchError("a", "ก")), "en", lambda: NIGHT + timedelta(days=3_000))
    (report,) = collect_feeds(nights.inbox, [Feed("kop", URL)], store, Answers(rss((1, "ก"))), "en", lambda: NIGHT)
    assert report.outcome == "read"


@pytest.mark.parametrize("body", [b"<html><body>404</body></html>", b"not a feed", b"\x00\x01", b""])
def test_what_is_no_feed_is_told_and_asked_for_again_whole(nights, store, body):
    (report,), _ = nights(body or b" ")
    assert report.outcome == "failed"
    assert report.said[0].startswith(URL)
    assert store.feeds.state(URL).etag is None
    assert texts(nights.inbox) == {}


def test_a_feed_that_breaks_in_the_middle_gives_what_stands_before(nights):
    whole = rss((1, "ก\n"), (2, "ข\n"), (3, "ค\n")).replace(b"<item>", b"\n<item>")
    (report,), _ = nights(whole[:-60])
    assert report.said
    assert "well-formed" in report.said[0]
    assert set(texts(nights.inbox)) == {"1"} or set(texts(nights.inbox)) == {"1", "2"}
    assert all(text.strip() in {"ก", "ข"} for text in texts(nights.inbox).values())


def test_one_feed_that_cannot_be_had_does_not_keep_the_others(tmp_path, store):
    feeds = [Feed("a", "https://a.example.org/"), Feed("b", "https://b.example.org/")]
    reports = collect_feeds(tmp_path, feeds, store, Answers(FetchError("away", "ไม่ตอบ"), rss((1, "ก"))), "th", lambda: NIGHT)
    assert [report.outcome for report in reports] == ["failed", "read"]
    assert reports[0].said == ("ไม่ตอบ",)


def test_a_file_that_was_taken_away_is_asked_for_whole(nights, store):
    nights(rss((1, "ก")))
    (nights.inbox / "feeds" / "kop.jsonl").unlink()
    _, fetcher = nights(rss((1, "ก")))
    assert fetcher.asked == [(URL, None, None)]
    assert texts(nights.inbox) == {"1": "ก"}


def test_lines_that_somebody_wrote_by_hand_are_kept(nights):
    nights(rss((1, "ก")))
    file = nights.inbox / "feeds" / "kop.jsonl"
    file.write_text('{"text": "ของเรา"}\nไม่ใช่ JSON\n' + file.read_text(encoding="utf-8"), encoding="utf-8")
    nights(rss((2, "ข")))
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[:2] == ['{"text": "ของเรา"}', "ไม่ใช่ JSON"]
    assert [json.loads(line)["id"] for line in lines[2:]] == ["1", "2"]


def test_a_run_reads_what_was_collected_and_retires_nothing(nights, team):
    nights(rss((1, "ต้องถามคนในบ้านก่อน"), (2, "ตกลงกันว่านัดใหม่วันที่ 9 พฤษภาคม 2552")))
    order = team.order(source=nights.inbox)
    assert team.run(order).collected.new == 2
    nights(rss((2, "ตกลงกันว่านัดใหม่วันที่ 12 พฤษภาคม 2552")))
    again = team.run(order).collected
    assert (again.new, again.changed, again.unchanged, again.retired) == (0, 1, 1, 0)


def test_the_configuration_lists_the_feeds(tmp_path):
    file = tmp_path / "lessons.toml"
    file.write_text(f'[[feed]]\nurl = "{URL}"\n[[feed]]\nid = "win"\nurl = "http://win.example.org/rss"\n', encoding="utf-8")
    assert [feed.id for feed in read_settings(file).feeds] == ["kop-example-org-668ae1", "win"]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ('url = "ftp://a.example.org/"', 'must be an address of the web, such as https://example.org/feed. Got "ftp://a.example.org/"'),
        ('url = "https://nid:s3cret@a.example.org/"', "without a name and a password"),
        ('url = "https://a b/"', "address of the web"),
        ("", "must be there. Got nothing instead"),
        (f'url = "{URL}"\n[[feed]]\nurl = "{URL}"', "must be in one [[feed]] only"),
        (f'url = "{URL}"\nid = "a/b"', "1 to 41 of the signs"),
        (f'url = "{URL}"\nevery = 3', 'unknown key "every" in [[feed]] 1'),
    ],
)
def test_a_feed_that_may_not_be_is_refused_with_its_place(tmp_path, lines, said):
    file = tmp_path / "lessons.toml"
    file.write_text(f"[[feed]]\n{lines}\n", encoding="utf-8")
    with pytest.raises(SettingsError) as error:
        read_settings(file)
    assert said in error.value.en
    assert "s3cret" not in error.value.en + error.value.th


def test_nothing_to_collect_from_is_told(tmp_path):
    file = tmp_path / "lessons.toml"
    file.write_text("", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"\[\[feed\]\]"):
        collect(tmp_path, file, f"sqlite:///{tmp_path}/lessons.db", tmp_path / "out", "en")
    file.write_text(f'[[feed]]\nurl = "{URL}"\n', encoding="utf-8")
    with pytest.raises(SettingsError, match="folder that exists"):
        collect(tmp_path / "none", file, f"sqlite:///{tmp_path}/lessons.db", tmp_path / "out", "en")


FEEDS = "".join(f'[[feed]]\nid = "{name}"\nurl = "https://{name}.example.org/feed"\n' for name in ("kop", "ma", "ying"))


@pytest.fixture
def tonight(tmp_path):
    """Return the order of a night whose folder is still empty, with three feeds."""
    inbox = tmp_path / "posts"
    inbox.mkdir()
    config = tmp_path / "lessons.toml"
    config.write_text(f'[project]\nid = "pinto"\nname = "ปิ่นโต"\n{FEEDS}', encoding="utf-8")
    return RunOrder((inbox,), tmp_path / "out", f"sqlite:///{tmp_path}/lessons.db", config, language="en")


@pytest.mark.parametrize(
    ("trouble", "told"),
    [
        (FetchError("no answer", "ไม่ตอบ"), "no answer"),
        (RecursionError(), "https://kop.example.org/feed: a feed must be readable. Got RecursionError. "),
        (ConnectionResetError(), "https://kop.example.org/feed: a feed must be readable. Got ConnectionResetError. "),
    ],
)
def test_whatever_becomes_of_a_feed_the_others_are_read_tonight(tonight, trouble, told):
    answers = Answers(trouble, rss((1, "ขุดลอกคลองก่อนฝน")), rss((2, "นัดประชุมวันศุกร์")))
    reports = collect_tonight(tonight, answers, lambda: NIGHT)
    assert [report.outcome for report in reports] == ["failed", "read", "read"]
    assert reports[0].said[0].startswith(told)
    [inbox] = tonight.sources
    assert sorted(file.name for file in inbox.rglob("*.jsonl")) == ["ma.jsonl", "ying.jsonl"]


def test_a_file_of_a_feed_that_cannot_be_written_is_told_and_the_night_goes_on(tonight):
    [inbox] = tonight.sources
    (inbox / "feeds").write_text("ไม่ใช่โฟลเดอร์", encoding="utf-8")
    reports = collect_tonight(tonight, Answers(*(rss((n, "เรื่อง")) for n in range(3))), lambda: NIGHT)
    assert [report.outcome for report in reports] == ["failed"] * 3
    assert "feeds" in reports[0].said[0]


def test_a_night_without_a_folder_to_collect_into_says_so(tonight, tmp_path):
    file = tmp_path / "one.txt"
    file.write_text("เรื่องเดียว", encoding="utf-8")
    [said] = {report.said for report in collect_tonight(replace(tonight, sources=(file,)), Answers())}
    assert "one of the sources must be a folder" in said[0]


def test_collecting_waits_for_its_turn(tonight):
    with Store.open(tonight.database) as store, one_at_a_time(store), pytest.raises(AtWork):
        collect_tonight(tonight, Answers(), lambda: NIGHT)


def test_an_empty_folder_is_no_mistake_where_feeds_will_fill_it(tonight):
    check_order(tonight, asks_feeds=True)
    with pytest.raises(NoPosts):
        check_order(tonight)
