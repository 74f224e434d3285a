"""Teaching by larger networks, on a few sentences: a deep network that reads, and a start from which a tagger goes on. Needs torch."""

import json

import numpy as np
import pytest

pytest.importorskip("torch", reason="needs torch: install the extra train")
pytest.importorskip("onnx", reason="needs onnx: install the extra train")

import torch

from pipeline.errors import SettingsError
from pipeline.jobs.learning.learn import material_of
from pipeline.jobs.learning.pretrain import Asked, pretrain_words
from pipeline.nlp.heads import COLUMNS, WIDTH_OF_ALL
from pipeline.nlp.stretches import UNSEEN, sign_count
from pipeline.nlp.tagger import load_tagger
from pipeline.nlp.word_table import HIDDEN, PADDING
from pipeline.train import distill, pool, pretrained, teachers
from pipeline.train import pretrain as words_of_text
from pipeline.train.deep import DeepContext, DeepTagNetwork, Depth
from pipeline.train.export import save_network
from pipeline.train.model import lessons_of, marked_in, prepare
from pipeline.train.network import TagNetwork
from pipeline.train.pretrain import PLAIN, pretrain, pretrain_deep, read_unlabelled
from pipeline.train.pretrained import newest_deep, newest_pretrained
from pipeline.train.tagger import AFRESH, ONWARDS, learn_tagger, loss_of
from pipeline.train.windowed import Hiding, WordBook, cut_classes, cut_lessons, hidden, inputs_of, places_of, word_book

pytestmark = pytest.mark.filterwarnings(
    "ignore::UserWarning", "ignore::DeprecationWarning", "ignore::FutureWarning"
)  # torch's exporter warns of itself
NEWS = [f"เทศบาลแจ้งว่าน้ำประปาหยุดไหลวันที่ {number} ขอให้ทุกบ้านสำรองน้ำไว้ใช้ แล้วช่างจะมาซ่อมท่อให้เสร็จ\n" for number in range(900)]
BLOG = [f"เมื่อวานฉันพาแม่ไปเดินเล่นริมคลองหลังบ้าน {number} รอบ อากาศเย็นสบายดีมาก\n" for number in range(60)]
POSTS = {
    "w1": "เรื่องน้ำ\n\n⟦I|ท่อแตกจนน้ำไม่ไหลทั้งซอย⟧\nเช้านี้ฝนตก\n⟦A|ลุงมีรับไปซ่อมท่อให้เสร็จ⟧\n⟦L|ต้องสำรองน้ำไว้ก่อนช่างมา⟧",
    "w2": "เรื่องตลาด\n\n⟦I|คนซื้อน้อยจนของเหลือ⟧\nแดดแรงมาก\n⟦A|ป้าอ้อยนัดประชุมวันศุกร์⟧\n⟦L|ถามลูกค้าก่อนสั่งของ⟧",
    "w3": "เรื่องโรงเรียน\n\n⟦I|เด็กขาดเรียนเพราะรถเสีย⟧\nครูยิ้มให้ทุกคน\n⟦A|ครูใหญ่จะหารถคันใหม่⟧\n⟦L|โทรหาผู้ปกครองก่อนเจ็ดโมง⟧",
    "w4": "เรื่องวัด\n\n⟦I|กระเบื้องหลังคารั่ว กระเบื้องแตก⟧\n⟦A|ช่างจะซ่อมวันพุธ⟧\n⟦L|ตรวจหลังคาก่อนหน้าฝน⟧",
}
SHALLOW = Depth(16, 2, 2)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Return a folder with a corpus, of whose writers the last validates, and with a file of news."""
    folder = tmp_path_factory.mktemp("home")
    for writer, text in POSTS.items():
        (folder / "posts" / writer).mkdir(parents=True)
        (folder / "posts" / writer / "a.txt").write_text(text, encoding="utf-8")
    (folder / "splits.toml").write_text('validation = ["w4"]\n', encoding="utf-8")
    (folder / "news.txt").write_text("".join(NEWS), encoding="utf-8")
    (folder / "blog.txt").write_text("".join(BLOG), encoding="utf-8")
    return folder


def small(share):
    """Return a share of the recipe with few windows a step."""
    guessing = distill.WHOLE.guessing._replace(texts=4, others=64, length=32)
    deep, reader = (course._replace(windows=(4, 3, 1)) for course in (distill.DEEP_READER, distill.READER))
    return distill.WHOLE._replace(guessing=guessing, deep_reader=deep, reader=reader).shortened(share)


@pytest.fixture(scope="module", autouse=True)
def shallow():
    """Take small networks: the recipe is the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(teachers, "SIZE", teachers.SIZE._replace(recurrent=8))
        patch.setattr(distill, "WHOLE", small(1))
        patch.setattr(distill, "_WARM_UP", 1)
        patch.setattr(words_of_text, "LONG", words_of_text.LONG._replace(texts=8, others=64))
        patch.setitem(distill.distill.__kwdefaults__, "depth", SHALLOW)
        yield


@pytest.fixture(scope="module")
def words(home):
    """Return the words of a trial of the whole recipe, as they stand in their folder."""
    told = []
    texts = [home / "news.txt", home / "blog.txt"]
    pretrain_words(texts, home / "posts", home / "models", told.append, Asked(taught=True, share=0.0003))
    assert [line for line in told if line.startswith("teacher ")] == [f"teacher {number} of 12" for number in range(1, 13)]
    return newest_pretrained(home / "models")


@pytest.fixture(scope="module")
def found():
    """Return words learnt from the news for a few steps, and the text."""
    text = read_unlabelled(NEWS)
    return pretrain(text, PLAIN._replace(passes=(3,))), text


@pytest.fixture(scope="module")
def deep(found):
    """Return a deep network that has guessed words of the news for a few steps."""
    learnt, text = found
    return pretrain_deep(text, learnt, small(1).guessing._replace(passes=(3,)), SHALLOW, "cpu", lambda _: None)


@pytest.fixture(scope="module")
def kinds(found, deep):
    """Return both kinds of teachers, which learn for one step."""
    return [teachers.Kind(guesser, way._replace(steps=1)) for guesser, way in ((found[0].guesser, teachers.LARGER_WAY), (deep, teachers.DEEP_WAY))]


def lessons_with(table, home):
    posts = material_of(home / "posts").teaching
    read = prepare(posts)
    return lessons_of(read, marked_in(read, posts), table)


def test_the_start_fits_the_network_that_reads(words):
    network = TagNetwork(words.context(), words.start["signs.weight"].shape[1], 0.0)
    missing, unexpected = network.load_state_dict({name: torch.from_numpy(weight) for name, weight in words.start.items()}, strict=False)
    assert not unexpected
    assert all(name.startswith("context.") for name in missing)


def test_a_tagger_goes_on_from_the_start(words, home, tmp_path):
    lessons = lessons_with(words.table, home)
    network = learn_tagger(lessons, words.table, words.context(), start=words.start, way=AFRESH._replace(rounds=0))
    assert all(np.array_equal(network.state_dict()[name].numpy(), weight) for name, weight in words.start.items())
    learnt = learn_tagger(lessons, words.table, words.context(), start=words.start, way=ONWARDS._replace(rounds=2))  # the first step has no rate yet
    assert not np.array_equal(learnt.state_dict()["tags.bias"].numpy(), words.start["tags.bias"])
    save_network(learnt, tmp_path)
    doc = prepare(material_of(home / "posts").teaching).docs[0]
    assert load_tagger(tmp_path, words.table).tag(doc).chances.shape[1] == 7


def test_the_deep_network_reads_with_vectors_of_its_own(words, home):
    deep = newest_deep(home / "models")
    tagger, doc = deep.tagger(), prepare(material_of(home / "posts").teaching).docs[0]
    assert tagger.words.words == words.table.words
    assert tagger.words.vectors.shape[1] == SHALLOW.width
    chances = tagger.tag(doc).chances
    assert chances.shape[1] == 7
    assert np.allclose(np.exp(chances).sum(1), 1, atol=1e-4)
    of_deep, of_words = (json.loads((home / "models" / name / "card.json").read_text(encoding="utf-8"))["recipe"] for name in (deep.id, words.id))
    assert of_words == of_deep | {"loss": of_words["loss"]}


def test_with_other_cues_a_tagger_starts_from_the_context_alone(words, home, monkeypatch):
    cues = pretrained.cue_set()
    monkeypatch.setattr(pretrained, "cue_set", lambda: cues[1:])
    refused = newest_pretrained(home / "models")
    assert refused.start == {}
    assert newest_deep(home / "models") is None
    assert words.start
    network = learn_tagger(lessons_with(words.table, home), refused.table, refused.context(), start=refused.start, way=AFRESH._replace(rounds=1))
    assert network.state_dict().keys() >= words.start.keys()


def test_the_card_tells_what_ran(words, home):
    recipe = json.loads((home / "models" / words.id / "card.json").read_text(encoding="utf-8"))["recipe"]
    assert recipe["steps"] == [1, 2]
    assert recipe["taught"] == {
        "guessing deep": 2,
        "a recurrent teacher": 1,
        "a deep teacher": 1,
        "the deep network": {"steps": 1, "copies": 1, "first": 2, "others": 1},
        "the network that reads": {"steps": 1, "copies": 1, "first": 3, "others": 1},
    }
    assert recipe["command"] == "lessons pretrain FILE... --taught"
    assert [len(checksum) for checksum in recipe["texts"].values()] == [64, 64]
    assert recipe["words"] > len(NEWS)


def test_the_whole_recipe_is_what_the_shipped_words_tell():
    told = distill.WHOLE.told()
    assert list(told.values())[:3] == [5_428, 820, 800]
    assert told["the deep network"] == {"steps": 1_500, "copies": 8, "first": 7_680, "others": 1_280}
    assert told["the network that reads"] == {"steps": 2_900, "copies": 4, "first": 10_240, "others": 3_840}
    assert distill.DEEP_READER.windows == (64, 48, 16)
    assert distill.READER.windows == (64, 32, 32)


def test_words_of_the_validation_writers_are_not_known(words):
    assert "น้ำ" in words.table.words
    assert "กระเบื้อง" not in words.table.words  # twice in a post that validates


def test_a_post_is_told_of_by_a_teacher_that_does_not_know_its_writer(found, kinds, home, monkeypatch):
    lessons, taught = lessons_with(found[0].table, home), []

    def learn_teacher(own, *_):
        taught.append([next(number for number, lesson in enumerate(lessons) if lesson is one) for one in own])
        return len(taught) - 1

    monkeypatch.setattr(teachers, "learn_teacher", learn_teacher)
    monkeypatch.setattr(teachers, "chances_in", lambda teachers, lesson: (teachers, lesson))
    shapes = word_book(found[0].table, "cpu").shapes
    told = teachers.held_out_chances([*lessons, lessons[0]], ["w1", "w2", "w3", "w1"], kinds, shapes, lambda _: None)
    for number, (asked, lesson) in enumerate(told):
        assert lesson is [*lessons, lessons[0]][number]
        assert len(asked) == len(kinds)
        assert all(number % 3 not in taught[teacher] for teacher in asked)


def test_chances_are_one_in_sum_for_each_head(found, kinds, home):
    lessons, shapes = lessons_with(found[0].table, home), word_book(found[0].table, "cpu").shapes
    told = teachers.held_out_chances(lessons, ["w1", "w2", "w3"], kinds, shapes, lambda _: None)
    for lesson, chances in zip(lessons, told, strict=True):
        assert chances.shape == (len(lesson.seen), WIDTH_OF_ALL)
        assert all(torch.allclose(chances[:, columns].sum(-1), torch.ones(len(chances)), atol=1e-5) for columns in COLUMNS.values())


def test_what_is_hidden_is_not_shown_and_padding_says_nothing(found, home):
    lessons, book = lessons_with(found[0].table, home), word_book(found[0].table, "cpu")
    shown = cut_lessons(lessons, places_of(lessons), "cpu")
    dark = hidden(shown, book, Hiding(1.0, 1.0))
    assert dark.rows.unique().tolist() == [HIDDEN]
    assert not dark.signs.any()
    assert UNSEEN in dark.gaps
    vectors, gaps, _ = inputs_of(shown, book)
    assert shown.there.sum(1).tolist() == [len(lesson.seen) for lesson in lessons]
    assert not vectors[~shown.there].any()
    assert not gaps[~shown.there].any()


def test_a_deep_network_begins_with_the_vectors_that_were_found_before(found, deep):
    before, own = found[0].guesser.vectors.weight[:, : SHALLOW.width], deep.vectors.weight
    alike = torch.nn.functional.cosine_similarity(before.flatten(), own.flatten(), dim=0)
    assert alike > 0.9
    assert not torch.equal(before / before.std(), own / own.std())


def test_a_changed_window_keeps_its_places_and_knows_no_cue_of_a_new_word(found, home):
    lessons = lessons_with(found[0].table, home)
    shown = cut_lessons(lessons, places_of(lessons), "cpu")
    [changed] = pool.changed_windows(shown, found[0].guesser)
    other = changed.rows != shown.rows
    assert other.any()
    assert not other[~shown.there].any()
    assert not changed.signs[other].any()
    assert torch.equal(changed.gaps, shown.gaps)
    assert not torch.isin(changed.rows[other], torch.tensor([PADDING, HIDDEN])).any()


def test_the_loss_is_least_where_odds_are_those_of_the_teachers():
    torch.manual_seed(3)
    odds = torch.randn(2, 5, WIDTH_OF_ALL)
    there = torch.tensor([[True] * 5, [True, True, False, False, False]])
    chances = teachers.chances_of(odds)
    right = distill.loss_of_chances(odds, chances, there)
    assert right < distill.loss_of_chances(odds + torch.randn_like(odds), chances, there)
    elsewhere = torch.where(there[..., None], odds, torch.randn_like(odds))
    assert torch.isclose(right, distill.loss_of_chances(elsewhere, chances, there))


@pytest.fixture(scope="module")
def taught(found, home):
    """Return both networks after few steps, and what was asked for each pool."""
    learnt, text = found
    few, asked = small(0.0001), []
    few = few._replace(deep_reader=few.deep_reader._replace(steps=20), reader=few.reader._replace(steps=20))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(distill, "pool_of", lambda *given: asked.append(given) or pool.pool_of(*given))
        return distill.distill(learnt, text, lessons_with(learnt.table, home), ["w1", "w2", "w3"], recipe=few), asked


def test_both_networks_learn_what_is_marked(taught, found, deep, home):
    lessons, book = lessons_with(found[0].table, home), word_book(found[0].table, "cpu")
    places = places_of(lessons)
    shown, classes = cut_lessons(lessons, places, "cpu"), cut_classes(lessons, places, "cpu").flatten(0, 1)
    beginners = teachers.deep_beginner(deep, 0.0), TagNetwork(found[0].context, sign_count(), 0.0)
    for networks in zip(beginners, taught[0], strict=True):
        vectors = [WordBook(getattr(network, "vectors", book.vectors), book.shapes) for network in networks]
        found_by = [network.eval()(*inputs_of(shown, own)).flatten(0, 1) for network, own in zip(networks, vectors, strict=True)]
        before, after = (loss_of(odds, classes) for odds in found_by)
        assert after < 0.9 * before


def test_the_small_network_is_told_by_the_deep_one_alone(taught):
    (*_, drawn_by, teachers_of_deep), (*_, drawn_by_small, teachers_of_small) = taught[1]
    assert [isinstance(teacher.network, DeepTagNetwork) for teacher in teachers_of_deep] == [False] * 3 + [True] * 3
    assert [teacher.network for teacher in teachers_of_small] == [taught[0].deep]
    assert isinstance(drawn_by.context, DeepContext)
    assert not isinstance(drawn_by_small.context, DeepContext)


@pytest.mark.parametrize("device", ["gpu", "cuda"])
def test_a_device_that_is_not_there_is_refused(device, tmp_path, monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(SettingsError, match=f"Got {device}"):
        pretrain_words([], tmp_path, tmp_path, lambda _: None, Asked(device=device))


def test_without_a_corpus_nobody_teaches(tmp_path):
    with pytest.raises(SettingsError, match="corpus"):
        pretrain_words([], tmp_path / "none", tmp_path, lambda _: None, Asked(taught=True))
