"""The command line in this process, with the flow's decorators taken off: arguments in, exit status and sentences out."""

import re
import sys
from pathlib import Path

import pytest
import typer

from pipeline import read
from pipeline.cli import main
from pipeline.cli.commands import app
from pipeline.cli.usage import in_language
from pipeline.jobs.look import Looked
from pipeline.records import Passage, Post, Span
from tests.render.conftest import unbroken

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "corpora" / "samples"
TALK = "เล่าจากวงคุย\n\nต้องถามคนในบ้านก่อนแล้วค่อยวางแผน\n\nตอนนี้ยังขาดคนพาคุย และยังไม่มีเงินค่ารถ\n"


pytestmark = pytest.mark.usefixtures("nothing_set", "without_prefect")


def files_below(folder):
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}


def test_a_run_tells_what_it_did_and_where_to_read_and_the_next_that_nothing_was_to_do(lessons, folder):
    n = len(read(SAMPLES))
    first = (f"{n} posts read ({n} new, 0 changed), 0 set aside, {n} analysed", "Lesson", "open: out/index.html")
    second = (f"อ่าน {n} บันทึก (ใหม่ 0 เปลี่ยน 0) พักไว้ 0 วิเคราะห์รอบนี้ 0", "บทเรียน", "เปิดอ่าน: out/index.html")
    for lang, (said, label, end) in (("en", first), ("th", second)):
        status, out, err = lessons("run", SAMPLES, "--config", ROOT / "lessons.toml", "--model", "cues", lang=lang)
        lines = out.splitlines()
        assert (status, err) == (0, "")  # no bars where no terminal watches
        assert lines[0] == said
        phases = [line for line in lines if line.startswith("  ")]
        assert [line.split(":")[0].strip() for line in phases] == ["ระยะที่ 1", "ระยะที่ 2"]
        assert f": {label} " in phases[0]
        assert lines[-1] == end
        assert "\x1b" not in out
    assert (folder / "out" / "lessons.db").is_file()
    assert (folder / "out" / "index.html").is_file()


def test_a_run_tells_that_another_reader_read_before_and_what_stands_masked_where_nothing_was_to_do(lessons, folder):
    (folder / "posts" / "told.txt").write_text("เล่าจากวงคุย\n\nป้าแจ่มเล่าว่ายังขาดคนจดบัญชี โทร 081-234-5678\n", encoding="utf-8")
    (folder / "lessons.toml").write_text('[[reader]]\nemail = "partner@example.org"\noutside = true\n', encoding="utf-8")

    def run(*asked):
        return lessons("run", "posts", "--config", "lessons.toml", *asked)[1]

    first, again, other = run("--model", "cues"), run("--model", "cues"), run("--reader", "fast")
    masked = [[line for line in out.splitlines() if line.startswith("personal data masked")] for out in (first, again)]
    assert masked[0] == masked[1] != []
    assert ", 0 for readers outside" not in masked[0][0]
    assert "since cues had read them" in other
    assert "had read them" not in first + again


@pytest.mark.parametrize(("lang", "said"), [("en", "should be a title"), ("th", "บรรทัดแรกควรเป็นชื่อเรื่อง")])
def test_what_is_only_noted_is_told_and_the_exit_status_is_0(lessons, folder, lang, said):
    (folder / "posts" / "odd.txt").write_text("ยังขาดคนช่วยงาน" * 20, encoding="utf-8")
    status, out, err = lessons("run", "posts", "--model", "cues", lang=lang)
    assert (status, err) == (0, "")
    assert said in out


def test_of_many_remarks_ten_are_told(lessons, folder):
    for n in range(12):
        (folder / "posts" / f"odd{n:02}.txt").write_text(f"ยังขาดคนช่วยงานข้อที่ {n} " * 20, encoding="utf-8")
    _, out, _ = lessons("run", "posts", "--model", "cues")
    assert out.count("should be a title") == 10
    assert "… 2 more remarks in index.html" in out


def test_of_many_that_are_set_aside_twenty_are_told_and_the_exit_status_is_3(lessons, folder):
    for n in range(22):
        (folder / "posts" / f"empty{n:02}.txt").touch()
    english = ("empty00.txt: a file must hold at least one post", "… 2 more set aside, see out/rejected.jsonl")
    thai = ("empty00.txt: ไฟล์ต้องมีบันทึกอย่างน้อยหนึ่งเรื่อง", "… พักไว้อีก 2 รายการ ดูใน out/rejected.jsonl")
    for lang, (said, more) in (("en", english), ("th", thai)):
        status, out, err = lessons("run", "posts", "--model", "cues", lang=lang)
        told = err.splitlines()
        assert (status, len(told)) == (3, 21)
        assert told[0].startswith(said)
        assert told[-1] == more
        assert "22" in out.splitlines()[0]


def test_a_remark_names_its_source_once(lessons, folder):
    (folder / "posts" / "odd.txt").write_text("ยังขาดคนช่วยงาน" * 20, encoding="utf-8")
    (folder / "posts" / "rows.jsonl").write_text("\n{\n", encoding="utf-8")
    _, out, err = lessons("run", "posts", "--model", "cues", lang="th")
    assert out.count("odd.txt") == 1
    assert err.count("rows.jsonl") == 1
    page = unbroken((folder / "out" / "index.html").read_text(encoding="utf-8"))
    assert page.count("odd.txt") == 1
    assert page.count("rows.jsonl") == 1
    assert "<td>บรรทัดแรกควรเป็นชื่อเรื่อง" in page
    assert "<td>บรรทัดต้องเป็น JSON" in page


def test_the_configuration_in_the_folder_of_posts_counts(lessons, folder):
    (folder / "posts" / "lessons.toml").write_text('[[phase]]\nid = "pilot"\nname = "นำร่อง"\ncues = ["วงคุย"]\n', encoding="utf-8")
    _, out, _ = lessons("run", "posts", "--model", "cues")
    assert "  นำร่อง: " in out
    assert (folder / "out" / "pilot" / "digest.html").is_file()


def test_the_environment_stands_in_for_options(lessons, folder, monkeypatch):
    (folder / "team.toml").write_text('[[phase]]\nid = "pilot"\nname = "นำร่อง"\ncues = ["วงคุย"]\n', encoding="utf-8")
    monkeypatch.setenv("LESSONS_CONFIG", "team.toml")
    monkeypatch.setenv("LESSONS_OUT", "digests")
    monkeypatch.setenv("LESSONS_DATABASE", "sqlite:///team.db")
    assert lessons("run", "posts", "--model", "cues")[0] == 0
    assert (folder / "digests" / "pilot" / "digest.html").is_file()
    assert (folder / "team.db").is_file()
    assert not (folder / "digests" / "lessons.db").exists()


@pytest.mark.parametrize(("locale", "said"), [("th_TH.UTF-8", "ที่เก็บบันทึกต้องเป็นไฟล์หรือโฟลเดอร์ที่มีอยู่"), ("C.UTF-8", "POSTS must be a file or a folder")])
def test_without_a_language_the_locale_decides(lessons, folder, monkeypatch, locale, said):
    monkeypatch.setenv("LANG", locale)
    assert said in lessons("run", "nowhere", lang=None)[2]


WRONG = {  # arguments: the sentence in English and in Thai
    ("run", "nowhere"): ("nowhere: POSTS must be a file or a folder.", "nowhere: ที่เก็บบันทึกต้องเป็นไฟล์"),
    ("run", "bare"): ("bare: a source must hold at least one post", "bare: ต้องมีไฟล์บันทึกอย่างน้อยหนึ่งไฟล์"),
    ("run", "posts", "--config", "none.toml"): ("none.toml: the configuration must be a file", "none.toml: ไฟล์การตั้งค่าต้องมีอยู่จริง"),
    ("run", "posts", "--config", "wrong.toml"): ('unknown key "phases" in the file. Did you mean "phase"?', 'ไม่รู้จักหัวข้อ "phases"'),
    ("run", "posts", "--out", "posts"): ("posts: a run must not write where the posts are", "posts: โฟลเดอร์ผลลัพธ์ต้องแยก"),
    ("run", "posts", "--model", "nope"): ('Got "nope" instead. The models there are: ', 'แต่พบ "nope" แบบจำลองที่ใช้ได้คือ '),
    ("run", "posts", "--database", "mysql://x"): ("Got 'mysql://x' instead", "แต่ได้รับ 'mysql://x'"),
    ("serve", "posts", "--database", "mysql://x"): ("Got 'mysql://x' instead", "แต่ได้รับ 'mysql://x'"),
    ("look", "posts", "--model", "nope"): ('Got "nope" instead. The models there are: ', 'แต่พบ "nope" แบบจำลองที่ใช้ได้คือ '),
    ("models", "compare", "cues", "nope"): ("lessons models compare: must be a model", "lessons models compare: ต้องเป็นแบบจำลอง"),
    ("models", "shadow", "nope"): ("lessons models shadow: must be a model", "lessons models shadow: ต้องเป็นแบบจำลอง"),
    ("look", "bare"): ("bare: a source must hold at least one post", "bare: ต้องมีไฟล์บันทึกอย่างน้อยหนึ่งไฟล์"),
    ("serve", "nowhere"): ("nowhere: POSTS must be a file or a folder.", "nowhere: ที่เก็บบันทึกต้องเป็นไฟล์"),
    ("look", "nowhere"): ("nowhere: POSTS must be a file or a folder.", "nowhere: ที่เก็บบันทึกต้องเป็นไฟล์"),
}


@pytest.mark.parametrize("lang", ["en", "th"])
@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_what_is_wrong_is_one_sentence_and_the_exit_status_is_2(lessons, folder, arguments, lang):
    (folder / "bare").mkdir()
    (folder / "wrong.toml").write_text('[[phases]]\nid = "pilot"\n', encoding="utf-8")
    before = set(folder.rglob("*"))
    status, out, err = lessons(*arguments, lang=lang)
    assert (status, out) == (2, "")
    assert WRONG[arguments][lang == "th"] in err
    assert err.count("\n") == 1
    assert set(folder.rglob("*")) == before


@pytest.mark.parametrize(("setting", "said"), [("LESSONS_LANG=fr", 'must be th or en. Got "fr"'), ("LESSONS_OUTPUT=x", "Did you mean LESSONS_OUT?")])
def test_a_wrong_environment_is_told(lessons, folder, monkeypatch, setting, said):
    monkeypatch.setenv(*setting.split("="))
    status, _, err = lessons("run", "posts", lang=None)
    assert status == 2
    assert said in err


@pytest.mark.parametrize(
    "arguments", [("run",), ("run", "posts", "--fast"), ("look",), ("dance",), ()], ids=lambda arguments: " ".join(arguments) or "none"
)
def test_wrong_arguments_show_the_usage(lessons, folder, arguments):
    status, out, err = lessons(*arguments)
    assert status == 2
    assert "Usage: lessons" in out + err
    assert "Traceback" not in err


@pytest.mark.parametrize("lang", ["en", "th"])
def test_a_database_that_is_none_is_one_sentence_and_the_exit_status_is_1(lessons, folder, lang):
    (folder / "team.db").write_text("สมุดบัญชีของกลุ่ม " * 99, encoding="utf-8")
    status, out, err = lessons("run", "posts", "--database", "sqlite:///team.db", lang=lang)
    assert (status, out) == (1, "")
    assert ("team.db must be a database of this program" if lang == "en" else "team.db ต้องเป็นฐานข้อมูลของโปรแกรมนี้") in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(("lang", "said"), [("en", "must be writable. Got No space left on device"), ("th", "เขียนไฟล์ผลลัพธ์ไม่ได้ (ดิสก์เต็ม)")])
def test_a_full_disk_is_one_sentence_and_the_exit_status_is_1(lessons, folder, monkeypatch, lang, said):
    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    status, out, err = lessons("run", "posts", "--model", "cues", lang=lang)
    assert (status, out) == (1, "")
    assert said in err
    assert err.count("\n") == 1


def test_a_run_that_is_interrupted_ends_as_a_shell_counts_it(lessons, folder, monkeypatch):
    def interrupt(**_):
        raise KeyboardInterrupt

    monkeypatch.setattr("flows.nightly.nightly", interrupt)
    status, _, err = lessons("run", "posts")
    assert status == 130
    assert "Traceback" not in err


def test_an_error_that_nobody_foresaw_is_not_hidden(folder, monkeypatch):
    def fail(**_):
        raise ZeroDivisionError

    monkeypatch.setattr("flows.nightly.nightly", fail)
    monkeypatch.setattr(sys, "argv", ["lessons", "run", "posts"])
    with pytest.raises(ZeroDivisionError):
        main()


@pytest.mark.parametrize(
    ("lang", "voice", "names"),
    [("en", "author", ("Lesson", "Issue", "Action")), ("th", "ผู้เขียน", ("บทเรียน", "ประเด็นปัญหา", "สิ่งที่จะทำ / ข้อตกลง"))],
    ids=["en", "th"],
)
def test_look_shows_the_passages_and_touches_no_database(lessons, folder, monkeypatch, lang, voice, names):
    def refuse(*_):
        raise AssertionError

    monkeypatch.setattr("pipeline.store.store.Store.open", refuse)
    before = files_below(folder)
    status, out, err = lessons("look", "posts/good.txt", "--model", "cues", lang=lang)
    assert (status, err) == (0, "")
    assert out.startswith("เล่าจากวงคุย\n")
    quote = "ตอนนี้ยังขาดคนพาคุย และยังไม่มีเงินค่ารถ"
    start = TALK.index(quote)
    assert f"[{start}:{start + len(quote)}] {voice}\n  {quote}\n  ← " in out
    assert all(name in out.splitlines()[-2] for name in names)
    assert out.splitlines()[-1] == ("Model: cues" if lang == "en" else "แบบจำลองที่ใช้: cues")
    assert files_below(folder) == before


@pytest.mark.parametrize(
    ("asked", "reading"), [((), "@fast"), (("--reader", "linear"), "@linear"), (("--model", "cues"), "cues")], ids=["configured", "reader", "model"]
)
def test_look_reads_as_a_run_would_unless_it_is_told_otherwise(lessons, folder, monkeypatch, asked, reading):
    taken = []
    monkeypatch.setattr("pipeline.jobs.look.look_at", lambda _file, _models, model, _lang, team: taken.append((model, team)) or iter(()))
    (folder / "posts" / "lessons.toml").write_text('[project]\nreading = "fast"\n', encoding="utf-8")
    lessons("look", "posts/good.txt", *asked)
    lessons("look", "posts", *asked)
    lessons("look", "posts", *asked, "--out", "elsewhere")
    assert taken == [(reading, Path("out/models")), (reading, Path("out/models")), (reading, Path("elsewhere/models"))]


def test_look_names_the_fields_in_the_language_of_its_reader(lessons, folder):
    (folder / "plan.txt").write_text("แผนงาน\n\nตกลงว่าวันที่ 3 มีนาคม 2551 ผู้ใหญ่บ้านจะนัดประชุมที่ศาลาวัด\n", encoding="utf-8")
    _, out, _ = lessons("look", "plan.txt", "--model", "cues")
    assert "When 3 March 2008" in out


def test_look_tells_what_it_cannot_read(lessons, folder):
    (folder / "notes.jsonl").write_text('{"text": "ยังขาดคนช่วยงาน"}\n{"text": 1}\n', encoding="utf-8")
    status, out, err = lessons("look", "notes.jsonl", "--model", "cues")
    assert status == 3
    assert "ยังขาดคนช่วยงาน" in out
    assert err.startswith('notes.jsonl, line 2: "text" must be')


@pytest.mark.parametrize(
    ("lang", "voices"), [("en", ("author", "commenter", "quoted words")), ("th", ("ผู้เขียน", "ผู้แสดงความเห็น", "คำพูดที่ยกมา"))], ids=["en", "th"]
)
def test_look_names_the_voices_in_words(lessons, folder, monkeypatch, lang, voices):
    post = Post("1", "a.txt", "/a.txt", TALK)
    found = [(Passage("1", "a.txt", Span(0, 5), TALK[:5], "issue", 0.5, voice=voice), ()) for voice in ("author", "commenter", "quoted")]
    monkeypatch.setattr("pipeline.jobs.look.look_at", lambda *_: iter([Looked(post, found, "m1")]))
    status, out, _ = lessons("look", "a.txt", lang=lang)
    assert status == 0
    assert [line.split("] ")[1] for line in out.splitlines() if "[0:5]" in line] == list(voices)


def test_look_tells_a_post_that_the_analysis_stumbles_over(lessons, folder, monkeypatch):
    def stumble(*_):
        raise IndexError

    monkeypatch.setattr("pipeline.nlp.reader.Reader.read", stumble)
    status, out, err = lessons("look", "posts", "--model", "cues", lang="th")
    assert (status, out) == (3, "")
    assert err == "good.txt: วิเคราะห์บันทึกนี้ไม่ได้ โปรดแจ้งผู้ดูแลพร้อมแนบบันทึก\n"


def test_serve_hands_the_order_on_in_words_that_a_scheduler_can_store(lessons, folder, monkeypatch):
    served = []
    monkeypatch.setattr("flows.schedules.serve_project", lambda *order: served.append(order))
    (folder / "posts" / "lessons.toml").write_text('[project]\nid = "pinto"\ntimezone = "Asia/Tokyo"\n', encoding="utf-8")
    assert lessons("serve", "posts", lang="th")[0] == 0
    here = folder.resolve()
    order = {
        "sources": [f"{here}/posts"],
        "out": f"{here}/out",
        "database": f"sqlite:///{here}/out/lessons.db",
        "config": f"{here}/posts/lessons.toml",
        "model": None,
        "models": None,
        "language": "th",
        "lang": "th",
        "processes": 1,
        "cluster": None,
    }
    [(parameters, project, schedule)] = served
    assert parameters == order
    assert (project.id, project.timezone, str(schedule.nightly)) == ("pinto", "Asia/Tokyo", "01:30:00")


@pytest.mark.parametrize("lang", ["en", "th"])
def test_a_reader_that_no_model_has_is_refused(lessons, folder, lang):
    status, _, err = lessons("run", "posts", "--reader", "quick", lang=lang)
    assert status == 2
    assert {"en": 'Got "quick" instead', "th": 'แต่พบ "quick"'}[lang] in err


def test_look_takes_a_reader(lessons, folder):
    status, out, _ = lessons("look", "posts/good.txt", "--reader", "fast")
    assert status == 0
    assert out


def test_the_corpus_is_counted(lessons, tmp_path):
    (tmp_path / "posts" / "w1").mkdir(parents=True)
    (tmp_path / "posts" / "w1" / "a.txt").write_text("เรื่อง\n\nวันนี้ ⟦L|ต้องฟังก่อนพูดเสมอ⟧", encoding="utf-8")
    status, out, _ = lessons("corpus", "--corpus", tmp_path / "posts")
    assert status == 0
    assert "| w1 | 1 |" in out


def test_fetching_tells_what_is_ready(lessons, monkeypatch, tmp_path):
    from pipeline.jobs.learning.fetch import Fetched

    monkeypatch.setattr("pipeline.jobs.learning.fetch.fetch", lambda *_: Fetched(2, 1, ("news/3.txt",)))
    status, out, _ = lessons("fetch", "--texts", tmp_path)
    assert status == 0
    assert "2 texts ready, 1 of them word for word" in out
    assert "left out: news/3.txt" in out


def commands_below(command, path=()):
    yield path, command
    for name, below in getattr(command, "commands", {}).items():
        yield from commands_below(below, (*path, name))


@pytest.mark.parametrize("lang", ["th", "en"])
def test_every_command_and_every_option_speaks_the_language_of_its_reader(lang):
    found = dict(commands_below(in_language(typer.main.get_command(app), lang)))
    assert {("run",), ("init",), ("doctor",), ("forget",), ("mail", "send"), ("reviewers", "add")} <= set(found)
    told = {path: [command.help, *(one.help for one in command.params if not one.name.endswith("_completion"))] for path, command in found.items()}
    silent = [path for path, texts in told.items() if not all(texts)]
    assert silent == []
    other = [text for texts in told.values() for text in texts if bool(re.search("[ก-๙]", text)) != (lang == "th")]
    assert other == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("run",), "ต้องระบุ POSTS: ไฟล์หรือโฟลเดอร์ที่เก็บบันทึก"),
        (("mail", "resolve", "first"), "ค่าของ NUMBER ใช้ไม่ได้: ต้องเป็นตัวเลข"),
        (("run", "posts", "--fast"), "ไม่รู้จักตัวเลือก --fast"),
        (("run", "posts", "--processes", "many"), "ค่าของ --processes ใช้ไม่ได้: ต้องเป็นตัวเลข"),
        (("run", "posts", "--processes", "0"), "ต้องไม่น้อยกว่า 1"),
        (("run", "posts", "--lang", "lao"), 'ต้องเป็น th, en อย่างใดอย่างหนึ่ง แต่พบ "lao"'),
        (("fetch", "posts"), "ระบุเกินมา: posts"),
        (("run", "posts", "--model"), "ตัวเลือก --model ต้องมีค่าตามหลัง"),
        (("dance",), "ไม่รู้จักคำสั่ง dance"),
        (("mail",), "ส่งจดหมายที่รออยู่"),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, tuple) else "",
)
def test_wrong_arguments_are_told_in_thai(lessons, folder, arguments, said):
    status, out, err = lessons(*arguments, lang="th")
    assert status == 2
    assert said in out + err
    assert not re.search("Usage|Options|Commands|Error|Input should|Value error", out + err)


@pytest.mark.parametrize("lang", ["th", "en"])
def test_the_help_of_every_command_gives_it_as_the_guides_do(lang):
    command = in_language(typer.main.get_command(app), lang)
    helps = {path: below.make_context(" ".join(path), [], resilient_parsing=True).get_help() for path, below in commands_below(command)}
    assert {path: text for path, text in helps.items() if re.search(r"[{}]|<list", text)} == {}
    assert {path: text for path, text in helps.items() if lang == "th" and re.search("<[a-z ]+>", text)} == {}
    usage = {path: text.partition("\n")[0] for path, text in helps.items()}
    assert usage["run",].endswith(" POSTS...")
    assert usage["collect",].endswith(" POSTS")
    assert usage["models", "compare"].endswith(" MODEL OTHER")


def test_help_is_thai_to_its_headings(lessons, folder):
    _, out, _ = lessons("run", "--help", lang="th")
    assert [line for line in out.splitlines() if line.endswith(":")] == ["สิ่งที่ระบุ:", "ตัวเลือก:"]
    assert out.startswith("วิธีใช้: lessons run [ตัวเลือก]")
    assert not re.search("env var|default|required", out)


@pytest.mark.parametrize(("typed", "place", "offered"), [("lessons do", 1, {"doctor"}), ("lessons forget --", 2, {"--person", "--yes"})])
def test_a_shell_is_told_what_may_follow(lessons, monkeypatch, typed, place, offered):
    monkeypatch.setenv("_LESSONS_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", typed)
    monkeypatch.setenv("COMP_CWORD", str(place))
    status, out, _ = lessons()
    assert status == 0
    assert offered <= set(out.split())


def test_the_completion_is_installed_and_told_in_thai(lessons, monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr("typer._completion_shared._get_shell_name", lambda: "bash")
    status, out, _ = lessons("--install-completion", lang="th")
    script = tmp_path / ".bash_completions" / "lessons.sh"
    assert (status, out) == (0, f"ติดตั้งการเติมคำสั่งของ bash ไว้ที่ {script}\nใช้ได้เมื่อเปิดหน้าต่างคำสั่งใหม่\n")
    assert "_LESSONS_COMPLETE" in script.read_text(encoding="utf-8")
    assert str(script) in (tmp_path / ".bashrc").read_text(encoding="utf-8")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_gets_its_script(lessons, monkeypatch, shell):
    monkeypatch.setenv("_LESSONS_COMPLETE", f"source_{shell}")
    status, out, _ = lessons()
    assert (status, "_LESSONS_COMPLETE" in out) == (0, True)


def test_corrections_go_out_and_come_back_once(lessons, folder):
    lessons("run", "posts", "--model", "cues")
    status, said, _ = lessons("corrections", "export", "marked.json")
    assert (status, said.split()) == (0, ["marked.json", "marked.config.xml"])
    marked = folder / "marked.json"
    marked.write_text(marked.read_text(encoding="utf-8").replace('"issue"', '"lesson"'), encoding="utf-8")
    assert lessons("corrections", "import", "marked.json")[:2] == (0, "1 new, 0 known before, 0 set aside\n")
    assert lessons("corrections", "import", "marked.json", lang="th")[:2] == (0, "ใหม่ 0 เคยนำเข้าแล้ว 0 พักไว้ 0\n")
    (folder / "bad.csv").write_text("post,start\n1,2\n", encoding="utf-8")
    status, said, sentence = lessons("corrections", "import", "bad.csv")
    assert (status, said) == (3, "0 new, 0 known before, 1 set aside\n")
    assert "bad.csv, row 2" in sentence


@pytest.mark.parametrize("arguments", [("export", "marked.doc"), ("import", "marked.doc"), ("import", "missing.json")])
def test_a_format_or_a_file_that_there_is_not_is_refused(lessons, folder, arguments):
    status, _, sentence = lessons("corrections", *arguments)
    assert status == 2
    assert arguments[1] in sentence
