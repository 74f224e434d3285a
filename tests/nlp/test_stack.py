"""The stack weighs both readers: its probabilities sum to one, its file comes back, and a strange one is refused."""

import json
from dataclasses import replace

import numpy as np
import pytest

from pipeline.errors import ModelError
from pipeline.labels import OTHER, label_ids
from pipeline.nlp.pieces import Piece, Tagged
from pipeline.nlp.stack import FEATURES, FILE, Stack, load_stack, save_stack, stack_features

LABELS = (*label_ids(), OTHER)


def make_stack(**weights):
    """Return a stack in which each named feature speaks for its own label."""
    rows = [[weights.get(f"{name.split()[0]}_{label}", 0.0) * name.endswith(label) for name in FEATURES] for label in LABELS]
    return Stack(LABELS, tuple(map(tuple, rows)), (0.0,) * len(LABELS), dict.fromkeys(LABELS, 0.0))


class FakeDoc:
    """A Doc as the stack sees it: tags and pieces."""

    def __init__(self, chances, pieces):
        self._ = self
        count = len(chances)
        self.tagged = Tagged(np.arange(count) * 10, np.arange(count) * 10 + 10, log := np.log(np.array(chances, np.float32)), log)
        self.passages = [Piece(start, end, 0, 0, "body") for start, end in pieces]


OUTSIDE = [0.94, *[0.01] * 6]
BEGINS_ISSUE = [0.04, 0.01, 0.9, 0.01, 0.01, 0.02, 0.01]
CONTINUES_ISSUE = [0.04, 0.01, 0.01, 0.01, 0.01, 0.9, 0.02]


def test_tags_of_a_piece_speak_for_its_label():
    doc = FakeDoc([OUTSIDE, OUTSIDE, BEGINS_ISSUE, CONTINUES_ISSUE], [(0, 20), (20, 40)])
    features = stack_features([doc], np.full((2, 4), 0.25), list(LABELS))
    row = dict(zip(FEATURES, features[1], strict=True))
    assert row["tags issue"] > 0
    assert dict(zip(FEATURES, features[0], strict=True))["tags issue"] < 0
    assert row["begins"] == pytest.approx(0.92, abs=0.01)
    assert row["linear lesson"] == 0.0
    found = make_stack(tags_issue=1.0).probabilities(features, np.zeros((2, 4)))
    assert found.sum(axis=1) == pytest.approx(1)
    assert LABELS[found[1].argmax()] == "issue"


def test_votes_are_trusted_as_far_as_is_set_and_a_temperature_evens_out():
    features, votes = np.zeros((1, len(FEATURES))), np.array([[0.0, 2.0, 0.0, 0.0]])
    stack = make_stack()
    assert stack.probabilities(features, votes)[0].tolist() == [0.25] * 4
    trusting = replace(stack, trust=0.5).probabilities(features, votes)[0]
    assert trusting[1] / trusting[0] == pytest.approx(np.e)
    cooler = replace(stack, trust=0.5, temperature=2.0).probabilities(features, votes)[0]
    assert cooler[1] / cooler[0] == pytest.approx(np.e**0.5)


def test_pieces_and_docs_may_be_empty():
    assert stack_features([], np.zeros((0, 4)), list(LABELS)).shape == (0, len(FEATURES))
    assert stack_features([FakeDoc([OUTSIDE], [])], np.zeros((0, 4)), list(LABELS)).shape == (0, len(FEATURES))


def test_saved_and_loaded_it_is_the_same(tmp_path):
    stack = make_stack(linear_lesson=0.5)
    save_stack(stack, tmp_path / FILE)
    assert load_stack(tmp_path / FILE) == stack


@pytest.mark.parametrize("change", [{"labels": ["ham", "spam"]}, {"features": ["length"]}, None])
def test_a_strange_file_is_refused(tmp_path, change):
    save_stack(make_stack(), tmp_path / FILE)
    row = json.loads((tmp_path / FILE).read_text(encoding="utf-8"))
    (tmp_path / FILE).write_text(json.dumps(row | change) if change else "{", encoding="utf-8")
    with pytest.raises(ModelError, match="must weigh our labels and features"):
        load_stack(tmp_path / FILE)
