"""A post that nobody foresaw does not stop the others."""

import pytest

from pipeline.errors import StoreError
from pipeline.nlp.reader import Reader

STUMBLING = "ก้อนหินกลางทาง"


@pytest.fixture
def stumble(monkeypatch):
    """Let the reader stumble over a post with the word in it, with a given error."""

    def prepare(error, step="classify"):
        through = getattr(Reader, step)

        def read(self, given):
            texts = [one.text for one in given]  # posts and Docs both have it
            if any(STUMBLING in text for text in texts):
                raise error
            return through(self, given)

        monkeypatch.setattr(Reader, step, read)

    return prepare


BAD = f"เดินไม่ถึง\n\n{STUMBLING} และยังขาดคนช่วยยก\n"


@pytest.mark.parametrize("step", ["tokenize", "classify"])
@pytest.mark.parametrize(
    "error", [ValueError("odd"), IndexError("far"), KeyError("what"), RecursionError("deep")], ids=lambda error: type(error).__name__
)
def test_a_post_that_the_reader_stumbles_over_is_set_aside(team, stumble, step, error):
    team.write(bad_txt=BAD, other_txt="อีกเรื่อง\n\nยังขาดคนช่วยงาน\n")
    stumble(error, step=step)
    order = team.order()
    report = team.run(order)
    [row] = team.rows(order.out / "rejected.jsonl")
    assert (row["source"], row["line"]) == ("bad.txt", None)
    assert f"Got {type(error).__name__}. Please report it with the post. It stays in the store unread" in row["reason"]
    passages = team.rows(order.out / "passages.jsonl")
    assert {passage["source"] for passage in passages} == {"good.txt", "other.txt"}
    assert (report.analysed, report.passages) == (2, len(passages))


def test_the_sentence_is_thai_for_a_thai_reader(team, stumble):
    team.write(bad_txt=BAD)
    stumble(ValueError())
    [reject] = team.run(team.order(language="th")).collected.rejects
    assert reject.reason.startswith("bad.txt: วิเคราะห์บันทึกนี้ไม่ได้ ")
    assert "ValueError" not in reject.reason
    assert "\n" not in reject.reason


def test_a_post_that_could_not_be_read_is_tried_again_by_the_next_run(team, stumble, monkeypatch):
    team.write(bad_txt=BAD)
    stumble(ValueError())
    order = team.order()
    assert len(team.run(order).collected.rejects) == 1
    assert team.run(order).analysed == 0
    monkeypatch.undo()
    assert team.run(order).analysed == 1
    assert team.rows(order.out / "rejected.jsonl") == []
    assert "bad.txt" in {row["source"] for row in team.rows(order.out / "passages.jsonl")}


def test_several_bad_posts_do_not_hide_a_batch_of_good_ones(team, stumble, monkeypatch):
    monkeypatch.setattr("pipeline.jobs.run.BATCH", 2)
    bad = {f"a{n}_txt": f"เดินไม่ถึง\n\n{STUMBLING} ก้อนที่ {n}\n" for n in range(5)}
    good = {f"b{n}_txt": f"เดินต่อ\n\nยังขาดคนช่วยงาน ข้อที่ {n}\n" for n in range(5)}
    team.write(**bad, **good)
    stumble(ValueError())
    report = team.run(team.order())
    assert sorted(reject.source for reject in report.collected.rejects) == [f"a{n}.txt" for n in range(5)]
    assert report.analysed == 6


@pytest.mark.parametrize("error", [StoreError("the disk is full", "ดิสก์เต็ม"), MemoryError()], ids=["ours", "the machine's"])
def test_what_no_post_is_to_blame_for_ends_the_run(team, stumble, error):
    team.write(bad_txt=BAD)
    stumble(error)
    with pytest.raises(type(error)):
        team.run(team.order())


def test_a_batch_may_be_labelled_twice(team, monkeypatch, tmp_path):
    team.write()
    once, twice = team.order(), team.order(out=tmp_path / "twice")
    team.run(once)
    through = Reader.classify
    monkeypatch.setattr(Reader, "classify", lambda self, docs: (through(self, docs), through(self, docs))[1])
    team.run(twice)
    assert team.rows(twice.out / "passages.jsonl") == team.rows(once.out / "passages.jsonl")
