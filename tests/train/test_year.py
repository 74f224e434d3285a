"""A measured year goes on as if it had never been cut off, and a replayed queue asks nothing twice."""

import json
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from pipeline.assets import asset
from pipeline.nlp.reader import LINEAR, current_model, load_parts
from pipeline.sources.marked import read_corpus
from pipeline.train import replay, suspects, year
from pipeline.train.rereading import Rereading
from pipeline.train.rows import rows_of_corpus
from pipeline.train.team import learn_labels, learn_tuned
from pipeline.train.year_file import load_played, save_played
from pipeline.train.years import Years, as_data, as_lines, as_picture

PAGE = "เรื่องของ{0}\n\nเมื่อวานฝนตกทั้งวัน นั่งกินข้าวกับเพื่อนบ้าน\n⟦L|เราพบว่า{0}อยู่ได้เพราะมีคนดูแลทุกวัน⟧\n⟦I|ไม่มีงบซ่อม{0}มาสองปีแล้ว⟧\n⟦A|ตกลงกันล้าง{0}เดือนละครั้ง⟧\n"
MATTERS = {"w1": ["ปลา", "เรือ", "ฝาย"], "w2": ["ยา", "เตียง", "สมุด"], "w3": ["รั้ว", "สะพาน", "ศาลา"]}


@pytest.fixture(scope="module")
def learning(tmp_path_factory):
    """Return a small corpus, the cutter and the classifier that ship."""
    folder = tmp_path_factory.mktemp("posts")
    for writer, matters in MATTERS.items():
        (folder / writer).mkdir()
        for number, matter in enumerate(matters):
            (folder / writer / f"{number}.txt").write_text(PAGE.format(matter), encoding="utf-8")
    parts = load_parts(asset("models"), current_model(asset("models")), LINEAR)
    with threadpool_limits(1):
        yield SimpleNamespace(posts=list(read_corpus(folder)), cutter=parts.weights, classifier=parts.classifier)


@pytest.fixture
def world(learning, monkeypatch):
    for name, small in {"BATCHES": 4, "BATCH": 2, "POISONED": range(2, 3), "POISON": 3}.items():
        monkeypatch.setattr(year, name, small)
    rows = rows_of_corpus(learning.posts, learning.cutter)
    rereading = Rereading.of(learning.posts, learning.cutter)
    return year.World(rows, rows, rereading, rereading, learn_tuned(rows, rereading, learning.classifier))


def test_a_year_goes_on_where_it_was_cut_off(world, tmp_path):
    def once(played):
        save_played(played, "key", tmp_path)
        if len(played.points) == 2:
            raise InterruptedError

    whole = year.play(world, 7, year.begin(world), lambda _: None)
    with pytest.raises(InterruptedError):
        year.play(world, 7, year.begin(world), once)
    assert load_played("another", tmp_path) is None
    rest = year.play(world, 7, load_played("key", tmp_path), lambda _: None)
    assert [point._replace(seconds=0) for point in rest] == [point._replace(seconds=0) for point in whole]
    assert [point.corrections for point in whole] == [0, 4, 8]


def test_a_year_that_is_killed_while_it_is_kept_stands_as_it_was_before(world, tmp_path, monkeypatch):
    played = year.begin(world)
    save_played(played, "key", tmp_path)
    played.points.append(played.points[0])

    def killed(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("pathlib.Path.replace", killed)
    with pytest.raises(KeyboardInterrupt):
        save_played(played, "key", tmp_path)
    assert len(load_played("key", tmp_path).points) == 1


def test_a_model_differs_from_the_one_before_by_what_was_said_alone(learning):
    rows = rows_of_corpus(learning.posts, learning.cutter)
    learnt = learn_labels(rows, learning.classifier)
    assert (learnt.temperature, learnt.leans) == (learning.classifier.temperature, learning.classifier.leans)
    assert not np.array_equal(learnt.bias, learning.classifier.bias)


def test_reviewers_of_a_year_are_asked_what_is_found_or_nearly_found(world):
    asked = year.asked_of(world.waiting, world.first)
    assert 0 < len(asked.labels) < len(world.waiting.labels)
    assert np.bincount(asked.labels)[:3].tolist() == np.bincount(world.waiting.labels)[:3].tolist()  # every mark, for the first model has learnt them


def from_data(text):
    found = json.loads(text)
    played = {int(seed): [year.Point(**point) for point in points] for seed, points in found["years"].items()}
    return Years(tuple(found["domains"]), found["every"], found["model"], played)


def test_years_are_data_and_a_picture():
    def point(count, free, gated, *, allowed=False):
        return year.Point(count, free, gated, gated, allowed, 1.0, "")

    played = {0: [point(0, 0.6, 0.6), point(50, 0.58, 0.61, allowed=True)], 1: [point(0, 0.62, 0.62), point(50, 0.62, 0.62)]}
    years = Years(("office",), 1, "m", played)
    assert from_data(as_data(years)) == years
    assert years.means == [(0, 0.61, 0.61), (50, pytest.approx(0.6), pytest.approx(0.615))]
    told = as_lines(years)
    assert "allowed 1 of 2 models; on the posts of the curve 1 better, 0 worse, 0 alike, in the mean +0.0100" in told
    assert "refused 1 of 2 models; on the posts of the curve 0 better, 0 worse, 1 alike, in the mean +0.0000" in told
    assert "without the gate: 1 of 2 rounds end below the start, the worst by -0.020" in told
    picture = as_picture(years)
    assert picture.count("<polyline ") == 6  # two years and their mean, without and with the gate
    assert picture.count("l-5 -9z") == 1  # the gate let one model read
    flat = Years(("office",), 1, "m", {0: [point(0, 0.5, 0.5), point(50, 0.5, 0.5)]})
    assert as_picture(flat).count("<polyline ") == 4  # a year in which nothing moves is drawn, too


@pytest.mark.parametrize("name", ["year", "year-all"])
def test_the_picture_of_the_documents_shows_the_years_that_stand_beside_it(name):
    stem = Path(__file__).parents[2] / "docs" / "pictures" / name
    assert as_picture(from_data(stem.with_suffix(".json").read_text(encoding="utf-8"))) == stem.with_suffix(".svg").read_text(encoding="utf-8")


def test_a_replayed_queue_asks_each_passage_once_and_stops(learning, monkeypatch):
    for name, small in {"BATCH": 3, "MOST": 6, "STARTS": 2, "WAITS": 4, "TESTERS": 1, "GAIN": 2.0}.items():
        monkeypatch.setattr(replay, name, small)
    cut = replay.cut_corpus(learning.posts, learning.cutter)
    setting = replay.draw(cut, Rereading(cut.read, characters=False), seed=0)
    asked = []

    def ask(waiting, decided):
        asked.extend(passage.id for passage in waiting[:3])
        assert set(decided) <= {passage.quote for passage in setting.passages}
        return [passage.id for passage in waiting]

    curve = replay.play(setting, ask)
    assert len(asked) == len(set(asked)) == 3 * (len(curve) - 1) > 0
    assert {row.writer for row in learning.posts} > set(setting.start.writers) | set(setting.waiting.writers)


def test_turned_labels_are_met_above_chance(learning, monkeypatch):
    monkeypatch.setattr(suspects, "_TURNED", 0.2)
    known, asked = (rows_of_corpus([row for row in learning.posts if (row.writer == "w3") is own], learning.cutter) for own in (False, True))
    found = suspects.planted_found(known, asked, seed=3)
    assert found.planted > 1
    assert found.precision[found.planted] > 2 * found.planted / found.rows
