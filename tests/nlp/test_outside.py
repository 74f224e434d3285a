"""A classifier of another package stands in the place of ours, and what is wrong with it is said."""

import runpy
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from pipeline.assets import asset
from pipeline.cli.learning import with_reader
from pipeline.errors import ModelError, SettingsError
from pipeline.jobs.teams.models import check_model
from pipeline.nlp.outside import load_outside, outside_names
from pipeline.nlp.reader import load_reader

EXAMPLE = Path(__file__).parents[2] / "examples" / "nearest"
OURS = "class Odd:\n    labels = ['action', 'issue', 'lesson', 'other']\n"
EXAMPLES = "action\tตกลงว่าจะล้างถังน้ำวันเสาร์\nissue\tยังขาดคนทำบัญชี\nlesson\tต้องฟังให้จบก่อนวางแผน\nother\tขอบคุณที่แวะมาอ่าน\n"


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Return a function that installs a package with one classifier, as a package manager would."""

    def install(name, target, code=None):
        folder = tmp_path / f"{name}-1.dist-info"
        folder.mkdir()
        (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n", encoding="utf-8")
        (folder / "entry_points.txt").write_text(f"[lessons.classifiers]\n{name} = {target}\n", encoding="utf-8")
        module = target.partition(":")[0]
        if code is not None:
            (tmp_path / f"{module}.py").write_text(code, encoding="utf-8")
        monkeypatch.syspath_prepend(str(tmp_path))
        monkeypatch.delitem(sys.modules, module, raising=False)

    return install


@pytest.fixture
def nearest(installed, tmp_path, monkeypatch):
    installed("nearest", "lessons_nearest:load", (EXAMPLE / "lessons_nearest.py").read_text(encoding="utf-8"))
    (tmp_path / "examples.tsv").write_text(EXAMPLES, encoding="utf-8")
    monkeypatch.setenv("NEAREST_MODEL", str(tmp_path))
    return "nearest"


def test_the_worked_example_labels_passages(nearest, make_post):
    reader = load_reader(asset("models"), with_reader(None, None, nearest))
    [passages] = reader.read([make_post("ยังขาดคนทำบัญชีของกลุ่ม")])
    assert [passage.label for passage in passages] == ["issue"]
    assert passages[0].model.endswith("@outside:nearest")
    assert passages[0].quote == "ยังขาดคนทำบัญชีของกลุ่ม"


def test_a_transformer_in_the_folder_asks_for_the_extra_that_reads_it(nearest, tmp_path, monkeypatch):
    (tmp_path / "model.onnx").touch()
    monkeypatch.setitem(sys.modules, "tokenizers", None)
    with pytest.raises(SettingsError, match="Got no tokenizers") as caught:
        load_outside(nearest)
    assert "ยังไม่ได้ติดตั้ง tokenizers" in caught.value.th


def test_a_transformer_in_the_folder_says_what_is_alike(nearest, tmp_path, monkeypatch):
    """Here it gives each sign a vector of its own, and has no use for the kinds of sentences."""
    (tmp_path / "model.onnx").touch()
    ids = SimpleNamespace(
        encode=lambda text: SimpleNamespace(ids=[ord(sign) % 64 for sign in text], attention_mask=[1] * len(text), type_ids=[0] * len(text)),
        enable_truncation=lambda _: None,
        no_padding=lambda: None,
    )
    monkeypatch.setitem(sys.modules, "tokenizers", SimpleNamespace(Tokenizer=SimpleNamespace(from_file=lambda _: ids)))

    class Signs:
        def __init__(self, _, providers):
            assert providers == ["CPUExecutionProvider"]

        def get_inputs(self):
            return [SimpleNamespace(name="input_ids"), SimpleNamespace(name="attention_mask")]

        def run(self, _, given):
            assert sorted(given) == ["attention_mask", "input_ids"]
            return [np.eye(64)[given["input_ids"]]]

    monkeypatch.setitem(sys.modules, "onnxruntime", SimpleNamespace(InferenceSession=Signs))
    classifier = load_outside(nearest).inner
    found = classifier.probabilities(["ยังขาดคนทำบัญชีอยู่", "ขอบคุณนะที่แวะมา"])
    assert [classifier.labels[row.argmax()] for row in found] == ["issue", "other"]


def test_the_tiny_transformer_of_the_example_reads(nearest, tmp_path, make_post):
    for package in ("onnx", "tokenizers"):
        pytest.importorskip(package)
    runpy.run_path(str(EXAMPLE / "tiny_transformer.py"))["main"](tmp_path)
    [passages] = load_reader(asset("models"), with_reader(None, None, nearest)).read([make_post("ยังขาดคนทำบัญชี")])
    assert [passage.label for passage in passages] == ["issue"]  # it knows nothing, but what it has seen


def test_vectors_of_words_in_the_folder_say_what_is_alike(nearest, tmp_path):
    words = ["และ", "ต้อง", "ตกลง", "ขาด", "ขอบคุณ", "ลังเล"]
    (tmp_path / "words.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    turned = np.eye(6)
    turned[5] = turned[3] * 0.9 + turned[0] * 0.1  # a word that stands in no example, near to one of an issue
    np.save(tmp_path / "vectors.npy", np.vstack([np.full((2, 6), 9.0), turned]).astype(np.float16))  # rows before the words are of no word
    (tmp_path / "examples.tsv").write_text("action\tตกลง\nissue\tขาด\nlesson\tต้อง\nother\tขอบคุณ\n", encoding="utf-8")
    classifier = load_outside(nearest).inner
    assert [classifier.labels[row.argmax()] for row in classifier.probabilities(["ลังเล", "ตกลงและตกลง"])] == ["issue", "action"]


def test_a_label_of_many_kinds_of_examples_is_found_as_well(nearest, tmp_path):
    many = ["ปั๊มน้ำเสีย", "หลังคารั่ว", "ไม่มีค่ารถ", "คนแก่ล้มในห้องน้ำ", "ยุงชุม", "ถนนขาด"]
    lines = [f"issue\t{text}" for text in many] + ["action\tนัดกันวันเสาร์หน้า"] * 6 + ["lesson\tฟังก่อนพูด", "other\tสวัสดี"]
    (tmp_path / "examples.tsv").write_text("\n".join(lines), encoding="utf-8")
    classifier = load_outside(nearest).inner
    assert {classifier.labels[row.argmax()] for row in classifier.probabilities(many)} == {"issue"}


def test_a_name_that_no_package_gives_is_refused():
    with pytest.raises(SettingsError, match='Got "none such"') as caught:
        check_model(asset("models"), "@outside:none such")
    assert "--classifier" in caught.value.th


def test_a_package_that_lacks_something_is_told(installed):
    installed("poor", "poor_package:load", "import something_that_is_not_there\n")
    assert "poor" in outside_names()
    with pytest.raises(SettingsError, match="something_that_is_not_there"):
        load_outside("poor")


def test_a_model_that_is_not_where_it_should_be_is_told(nearest, tmp_path):
    (tmp_path / "examples.tsv").unlink()
    with pytest.raises(ModelError, match="NEAREST_MODEL must name the folder"):
        load_outside(nearest)


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("class Odd:\n    labels = ['good', 'bad']\n", "good, bad"),
        (
            OURS + "    def probabilities(self, texts):\n        return [[1, 1, 1, 1] for _ in texts]\n",
            "sum to 1",
        ),
    ],
)
def test_answers_that_are_none_of_ours_are_refused(installed, make_post, code, found):
    installed("odd", "odd_package:Odd", code)
    with pytest.raises(ModelError, match=found):
        load_reader(asset("models"), "@outside:odd").read([make_post("ยังขาดคนทำบัญชีของกลุ่ม")])
