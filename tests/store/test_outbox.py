"""Each message once: composed once, in one pair of hands, moved on by an answer or by a person."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from threading import Barrier, Thread

import pytest

from pipeline.outgoing import Letter, Seen, Standing
from pipeline.store.store import Store

NOW = datetime(2026, 11, 27, 2, 0)  # noqa: DTZ001 - the store keeps UTC
LATER = NOW + timedelta(hours=1)
SEEN = Seen("m1", 3, date(2007, 3, 1), frozenset({"g1"}), {"p1": Standing("open", "2007-04-01", None)})
LETTER = Letter("digest:km:all:2026-W48:a@example.org", "a@example.org", "all", "<1@example.org>", "ค้าง 2 เรื่อง", "Subject: x\r\n\r\n", SEEN)


@pytest.fixture
def outbox(store):
    return store.outbox


@pytest.fixture
def posted(outbox):
    def only():
        [one] = outbox.posted()
        return one

    return only


def test_a_key_is_composed_once(outbox):
    assert [outbox.put(letter, NOW) for letter in (LETTER, replace(LETTER, subject="another"))] == [True, False]
    assert [one.subject for one in outbox.posted()] == ["ค้าง 2 เรื่อง"]
    assert outbox.has(LETTER.key)


def test_one_owner_alone_takes_a_message(outbox, posted):
    outbox.put(LETTER, NOW)
    assert [outbox.claim(1, owner, NOW) for owner in ("a", "b")] == [True, False]
    assert posted().state == "sending"
    assert outbox.due(LATER, 0) is None  # nothing takes it again by itself


def test_many_senders_at_one_moment_take_each_message_once(url):
    with Store.open(url) as store:
        for number in range(40):
            store.outbox.put(replace(LETTER, key=str(number), message_id=str(number)), NOW)
    taken, start = [], Barrier(4)

    def send(owner):
        with Store.open(url) as store:
            start.wait()
            after = 0
            while found := store.outbox.due(NOW, after):
                after = found[0].number
                if store.outbox.claim(after, owner, NOW):
                    taken.append(after)
                    assert store.outbox.answered(after, owner, "sent", "250", NOW)

    threads = [Thread(target=send, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == list(range(1, 41))


def test_an_answer_counts_from_the_hands_that_hold_it_alone(outbox, posted):
    outbox.put(LETTER, NOW)
    outbox.claim(1, "a", NOW)
    assert not outbox.answered(1, "b", "sent", "250", NOW)
    assert outbox.answered(1, "a", "sent", "250 OK", NOW)
    assert (posted().state, posted().tries, posted().said, posted().ended_at) == ("sent", 1, "250 OK", NOW)


def test_a_refusal_for_now_waits_and_one_for_good_is_set_aside(outbox, posted):
    outbox.put(LETTER, NOW)
    outbox.claim(1, "a", NOW)
    assert outbox.refused(1, "a", "450", LATER, NOW)
    assert (outbox.due(NOW, 0), posted().state, posted().tries) == (None, "waiting", 1)
    assert outbox.due(LATER, 0)
    assert outbox.refused(1, None, "550", None, LATER)
    assert (posted().state, posted().said) == ("aside", "550")


def test_a_person_settles_what_nobody_knows(outbox, posted):
    outbox.put(LETTER, NOW)
    outbox.claim(1, "a", NOW)
    assert outbox.resolve(1, "sending", "waiting", LATER)
    assert not outbox.answered(1, "a", "sent", "250", LATER)  # whoever had it, has it no more
    assert outbox.due(LATER, 0)


@pytest.mark.parametrize("reason", ["bounced", "unsubscribed"])
def test_a_stopped_address_gets_nothing_not_even_what_waits(outbox, posted, reason):
    outbox.meet("a@example.org", "name")
    outbox.put(LETTER, NOW)
    assert outbox.stop("a@example.org", reason, NOW) == 1
    assert (posted().state, posted().said) == ("dropped", reason)
    assert not outbox.put(replace(LETTER, key="next"), NOW)
    assert outbox.stopped() == {"a@example.org": (reason, NOW)}
    assert outbox.stop("a@example.org", "bounced", LATER) == 0
    assert outbox.stopped() == {"a@example.org": (reason, NOW)}  # the first reason stays
    assert [outbox.resume("a@example.org") for _ in range(2)] == [True, False]
    assert outbox.put(replace(LETTER, key="next"), NOW)


def test_an_address_stopped_between_looking_and_taking_gets_nothing(outbox):
    outbox.meet("a@example.org", "name")
    outbox.put(LETTER, NOW)
    found = outbox.due(NOW, 0)
    outbox.stop("a@example.org", "unsubscribed", NOW)
    assert not outbox.claim(found[0].number, "a", NOW)


def test_what_a_reader_has_seen_is_that_of_the_last_message_that_reached_them(outbox):
    assert outbox.last_seen("a@example.org", "all") is None
    outbox.put(LETTER, NOW)
    newer = replace(SEEN, posts=9)
    outbox.put(replace(LETTER, key="second", message_id="2", seen=newer), NOW)
    assert outbox.last_seen("a@example.org", "all") == newer
    outbox.refused(2, None, "550", None, NOW)  # never arrives
    assert outbox.last_seen("a@example.org", "all") == SEEN
    assert outbox.last_seen("a@example.org", "other") is None


def test_a_secret_is_made_once(outbox):
    assert [outbox.secret("unsubscribe", fresh) for fresh in ("one", "two")] == ["one", "one"]


def test_old_messages_are_forgotten_but_not_that_they_were_sent(outbox, posted):
    outbox.put(LETTER, NOW)
    outbox.claim(1, "a", NOW)
    outbox.forget(LATER)
    assert outbox.message(1)  # its fate is open
    outbox.answered(1, "a", "sent", "250", NOW)
    outbox.forget(NOW)
    assert outbox.message(1)
    outbox.forget(LATER)
    assert (outbox.message(1), posted().state, outbox.has(LETTER.key)) == (None, "sent", True)
    assert outbox.last_seen("a@example.org", "all") == SEEN


def test_a_server_that_is_of_no_use_is_left_alone_for_a_while(outbox):
    outbox.put(LETTER, NOW)
    outbox.hold(LATER)
    assert outbox.due(NOW, 0) is None
    assert outbox.due(LATER, 0)


def test_the_journal_tells_of_runs_that_ended_and_of_one_that_was_cut_off(store):
    first = store.journal.begin(NOW)
    store.journal.end(first, LATER, "done", {"new": 3})
    store.journal.begin(LATER)
    cut, done = store.journal.last(5)
    assert (cut.outcome, cut.ended) == ("running", None)
    assert (done.outcome, done.began, done.ended, done.counts) == ("done", NOW, LATER, {"new": 3})
