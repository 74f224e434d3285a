"""What a reader is told who has read an earlier digest: what is new to them, what became of what they knew, each once."""

from dataclasses import replace
from datetime import date

from pipeline.digest.since import seen_in, since, tells_news
from pipeline.outgoing import Seen
from pipeline.records import Digest, DigestItem, Evidence, Followed, Passage, Phase, Section, Span


def said(start, **fields):
    return Evidence(Passage("1", "1.txt", Span(start, start + 5), "lesson", 0.9, "คุยกัน", **fields), "เล่า", None, None, None)


def item(start):
    return DigestItem("lesson", (said(start),))


def line(start, state="open", due=None, last=None):
    return Followed("action", state, said(start), said(last) if last else None, None, (), due)


def digest(starts=(0,), lines=(), model="m1"):
    section = Section("lesson", len(starts), tuple(map(item, starts)))
    plain = Digest("ทีม", Phase("all", "ทั้งหมด"), 1, 1, 1, 0, None, None, model, 0.5, (section,))
    return replace(plain, followed=tuple(lines), followed_total=len(lines))


def told(now, before, whole=None):
    return since(now, before, now.followed if whole is None else whole)


def kinds(changed):
    return [(kind, line.opener.passage.span.start) for kind, line in changed.changes.followed]


def test_the_first_digest_compares_with_nothing():
    first = told(digest(), None)
    assert (first.changes.basis, tells_news(first, None)) == ("first", True)
    assert not tells_news(told(digest(()), None), None)  # nothing in it


def test_an_unchanged_digest_tells_no_news():
    seen = seen_in(digest(lines=[line(50)]))
    assert not tells_news(told(digest(lines=[line(50)]), seen), seen)


def test_a_new_item_is_told_and_a_known_one_is_not():
    seen = seen_in(digest((0,)))
    now = told(digest((0, 20)), seen)
    assert [one.evidence[0].passage.span.start for section in now.changes.new for one in section.items] == [20]
    assert tells_news(now, seen)


def test_an_item_that_lost_its_place_is_no_news():
    seen = seen_in(digest((0, 20)))
    assert not tells_news(told(digest((20,)), seen), seen)


def test_what_became_of_a_matter_is_told():
    seen = seen_in(digest(lines=[line(50), line(60), line(70, due=date(2007, 4, 1)), line(80, "done")]))
    now = told(digest(lines=[line(50, "done", last=5), line(60, last=6), line(70, due=date(2007, 4, 8)), line(80, "done"), line(90)]), seen)
    assert kinds(now) == [("moved", 70), ("closed", 50), ("news", 60), ("opened", 90)]


def test_a_day_that_comes_into_doubt_is_told_and_so_is_one_that_is_certain_again():
    certain = digest(lines=[line(50, due=date(2007, 4, 1))])
    doubted = digest(lines=[replace(certain.followed[0], doubted=True)])
    assert kinds(told(doubted, seen_in(certain))) == [("doubted", 50)]
    assert kinds(told(certain, seen_in(doubted))) == [("news", 50)]
    assert kinds(told(doubted, seen_in(doubted))) == []
    assert kinds(told(digest(lines=[line(50, due=date(2007, 4, 8))]), seen_in(doubted))) == [("moved", 50)]


def test_a_matter_that_was_settled_and_left_the_cut_is_told_once():
    seen = seen_in(digest(lines=[line(50)]))
    now = told(digest(), seen, whole=[line(50, "done", last=5), line(60, "done")])
    assert kinds(now) == [("closed", 50)]  # what the reader never followed is none of their business
    assert kinds(told(digest(), seen_in(digest()), whole=[line(50, "done", last=5)])) == []


def test_a_digest_of_another_model_is_not_compared():
    seen = seen_in(digest())
    now = told(digest((0, 20), model="m2"), seen)
    assert (now.changes.basis, now.changes.new, tells_news(now, seen)) == ("reread", (), True)


def test_ids_alone_are_remembered():
    assert "คุยกัน" not in repr(seen_in(digest(lines=[line(50)])))
    assert isinstance(seen_in(digest()), Seen)
