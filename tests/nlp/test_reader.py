"""The whole pipeline: exact text, components in order, the same answer however the posts come, flat memory."""

import hashlib
import json
import shutil

import pytest

from pipeline.assets import asset
from pipeline.errors import ModelError
from pipeline.languages.th.tokens import ENGINE
from pipeline.nlp.labels import NEARLY
from pipeline.nlp.pieces import hashes_of
from pipeline.nlp.reader import CUES_ALONE, cues_reader, current_model, kinds_of, load_reader
from pipeline.sources import find_files, read_posts
from pipeline.text import clean
from pipeline.train.naming import model_id

MODELS = asset("models")


@pytest.fixture(scope="module")
def samples():
    return [post for file in find_files([asset("corpora/samples")]) for post in read_posts(file)]


@pytest.fixture
def models(tmp_path):
    """Return a copy of the shipped models that a test may damage."""
    return shutil.copytree(MODELS, tmp_path / "models")


def folder_of(models):
    return models / current_model(models)


def test_components_in_order(reader):
    assert reader.nlp.pipe_names == ["cues", "tagger", "passages", "labels", "announced", "voice", "actions", "chains", "remarks"]


@pytest.mark.parametrize(
    ("kind", "tagged", "characters"), [("full", True, True), ("deep", True, True), ("linear", False, True), ("fast", False, False)]
)
def test_a_model_offers_four_readers(samples, kind, tagged, characters):
    found = load_reader(MODELS, f"@{kind}")
    name = current_model(MODELS)
    assert found.id == (name if kind == "full" else f"{name}@{kind}")
    labeller = found.nlp.get_pipe("labels")
    assert (found.nlp.get_pipe("tagger").tagger is not None) == tagged == (labeller.stack is not None)
    assert labeller.classifier.vocabulary.characters == characters
    assert any(found.read(samples[:4]))


def test_the_text_of_the_doc_is_the_repaired_text(reader, samples):
    with reader.batch():
        for doc, post in zip(reader.tokenize(samples), samples, strict=True):
            assert doc.text == clean(post.text).text
            assert doc._.post is post


def test_the_shipped_model_fits_its_card(reader):
    folder = folder_of(MODELS)
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    assert (card["id"], reader.id) == (folder.name, folder.name)
    assert set(card["files"]) == {
        "classifier.msgpack",
        "fast.msgpack",
        "fields.msgpack",
        "cutter.json",
        "tagger.onnx",
        "stack.json",
        "deep_borders.json",
        "deep_stack.json",
        "linker.json",
    }
    for parts in ((folder, MODELS / card["words"]["id"]), (MODELS / card["deep"]["id"],)):  # the deep reader's own are as large again
        assert sum(file.stat().st_size for part in parts for file in part.iterdir()) < 30_000_000
    assert all(hashlib.sha256((folder / name).read_bytes()).hexdigest() == found for name, found in card["files"].items())
    assert card["id"] == model_id("stacked", card["files"], card["words"], card["deep"])
    assert reader.nlp.tokenizer.engine == card["engine"]


def test_a_passage_says_where_it_comes_from(reader, samples):
    for post, passages in zip(samples, reader.read(samples), strict=True):
        for passage in passages:
            assert (passage.post, passage.source, passage.model, passage.origin) == (post.id, post.source, reader.id, "model")
            assert 0 < passage.confidence <= 1
            assert passage.quote == passage.span.of(post.text)
            assert (passage.action is not None) is (passage.label == "action")
            assert not passage.action or (passage.action.what and passage.action.state and passage.action.strength)
            assert not passage.chain or passage.label in {"lesson", "issue"}
            assert all(link.text == link.span.of(post.text) for link in passage.chain)
        assert [passage.span for passage in passages] == sorted(passage.span for passage in passages)


def test_one_by_one_in_a_batch_or_twice_gives_the_same(reader, samples):
    together = reader.read(samples)
    assert any(together)
    assert reader.read(samples) == together
    assert [reader.read([post])[0] for post in samples] == together
    assert reader.read(samples[::-1])[::-1] == together


def test_a_second_reader_reads_the_same(reader, samples):
    assert load_reader(MODELS).read(samples[:4]) == reader.read(samples[:4])


def test_what_was_nearly_a_passage_is_told_apart_with_its_place(reader, samples):
    with reader.batch():
        docs = reader.tokenize(samples[:6])
        found, nearly = reader.classify(docs), reader.nearly(docs)
    assert any(nearly)
    for post, passages, near in zip(samples, found, nearly, strict=False):
        assert len(near) <= 3
        assert not {one.span for one in near} & {one.span for one in passages}
        assert all(one.label == "other" and one.second[1] >= NEARLY and one.span.of(post.text) == one.quote for one in near)


def test_no_posts_no_passages(reader, make_post):
    assert reader.read([]) == []
    assert reader.read([make_post("")]) == [[]]


def test_the_cues_alone_need_no_model(tmp_path, samples):
    reader = load_reader(tmp_path / "nowhere", CUES_ALONE)
    assert reader.id == cues_reader().id == "cues"
    assert reader.nlp.tokenizer.engine == ENGINE
    assert any(reader.read(samples))


def test_only_words_of_the_dictionaries_outlive_their_batch(make_post):
    reader = cues_reader()
    strings = reader.nlp.vocab.strings
    seen = []
    for number in range(0, 300, 10):
        with reader.batch():
            reader.classify(reader.tokenize(make_post(f"แจกถุง {n} zz{'q' * n}", number=n) for n in range(number, number + 10)))
            assert f"zz{'q' * number}" in strings
        assert f"zz{'q' * number}" not in strings
        seen.append(len(strings))
    assert {"แจก", "ถุง"} <= set(strings)
    assert len(set(seen)) == 1


def test_a_word_that_was_kept_is_the_same_word(make_post):
    reader, post = cues_reader(), make_post("ลุงคำแจกถุง 12 ใบ")
    told = []
    for _ in range(3):
        with reader.batch():
            (doc,) = reader.tokenize([post])
            told.append((doc.text, [token.text for token in doc], hashes_of(doc).tolist()))
    assert told[0] == told[1] == told[2]


@pytest.mark.parametrize("name", ["classifier.msgpack", "cutter.json", "tagger.onnx", "stack.json"])
def test_a_changed_file_is_refused(models, name):
    file = folder_of(models) / name
    file.write_bytes(file.read_bytes() + b"\n")
    with pytest.raises(ModelError) as caught:
        load_reader(models)
    assert f"{file}: its SHA-256 must be the one on the model's card" in caught.value.en
    assert str(file) in caught.value.th


@pytest.mark.parametrize("name", ["classifier.msgpack", "cutter.json", "tagger.onnx", "stack.json"])
def test_a_missing_file_is_refused(models, name):
    (folder_of(models) / name).unlink()
    with pytest.raises(ModelError, match="Got no file") as caught:
        load_reader(models)
    assert "(ไม่พบไฟล์ ควรเป็น" in caught.value.th


@pytest.mark.parametrize("text", [None, "", "{"])
def test_a_model_without_a_readable_card_is_refused(models, text):
    card = folder_of(models) / "card.json"
    card.unlink()
    if text is not None:
        card.write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match="a model must have a card"):
        load_reader(models)


@pytest.mark.parametrize("text", ["[]", "{}", '{"engine": "nlpo3"}', '{"files": 3, "engine": "nlpo3"}', '{"files": {}}'])
def test_a_card_of_something_else_is_refused(models, text):
    (folder_of(models) / "card.json").write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match="a model must have a card"):
        load_reader(models)


def test_a_model_that_nobody_trained_is_refused(models):
    with pytest.raises(ModelError, match="linear-00000000"):
        load_reader(models, "linear-00000000")


def test_models_without_a_current_one_are_refused(tmp_path):
    with pytest.raises(ModelError, match="one line with the id of a model") as caught:
        load_reader(tmp_path)
    assert "CURRENT" in caught.value.th


def test_the_deep_reader_reads_with_its_own_network(reader, samples):
    deep = load_reader(MODELS, "@deep")
    assert deep.id == f"{reader.id}@deep"
    found, of_full = deep.read(samples), reader.read(samples)
    for post, passages in zip(samples, found, strict=True):
        assert all(passage.span.of(post.text) == passage.quote for passage in passages)
    assert found != of_full
    assert sum(map(len, found)) > sum(map(len, of_full)) / 2


def test_a_model_without_a_deep_network_says_so(models):
    card_file = folder_of(models) / "card.json"
    card = json.loads(card_file.read_text(encoding="utf-8"))
    assert kinds_of(models) == ("full", "deep", "linear", "fast")
    card_file.write_text(json.dumps(card | {"deep": None}), encoding="utf-8")
    assert kinds_of(models) == ("full", "linear", "fast")
    with pytest.raises(ModelError, match="asks for a model with a deep network"):
        load_reader(models, "@deep")


@pytest.mark.parametrize("name", ["vectors.npy", "scales.npy", "tagger.onnx"])
def test_a_deep_network_that_is_not_the_one_of_the_card_is_refused(models, name):
    card = json.loads((folder_of(models) / "card.json").read_text(encoding="utf-8"))
    file = models / card["deep"]["id"] / name
    file.write_bytes(file.read_bytes() + b"\n")
    with pytest.raises(ModelError, match="its SHA-256 must be the one on the model's card"):
        load_reader(models, "@deep")
    assert load_reader(models).id == card["id"]


@pytest.mark.parametrize("name", ["words.txt", "vectors.npy"])
def test_words_that_are_not_those_of_the_card_are_refused(models, name):
    card = json.loads((folder_of(models) / "card.json").read_text(encoding="utf-8"))
    file = models / card["words"]["id"] / name
    file.write_bytes(file.read_bytes() + b"\n")
    with pytest.raises(ModelError, match="its SHA-256 must be the one on the model's card"):
        load_reader(models)
    assert load_reader(models, "@linear").id.endswith("@linear")  # it needs no words
