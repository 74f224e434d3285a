"""``lessons init``: a few answers, a file that explains itself, and the first digest; nobody is waited for who is not there."""

import io
import os
import re
import sys
from pathlib import Path

import pytest

from pipeline import read
from pipeline.assets import asset
from pipeline.errors import SettingsError
from pipeline.jobs.beginning import survey, with_phase
from pipeline.settings import Draft, DraftPhase, read_settings, text_of
from pipeline.settings.tables import KEYS

pytestmark = pytest.mark.usefixtures("nothing_set", "without_prefect")
TEMPLATES = Path(__file__).parents[2] / "pipeline" / "settings"
CUES = ("--model", "cues")


@pytest.fixture
def answering(monkeypatch):
    """Let these lines stand in a pipe, which ends after them."""

    def answer(*lines):
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))

    answer()
    return answer


def test_without_questions_the_folder_gives_the_name_and_the_first_digest_is_shown(lessons, folder, answering):
    (folder / "posts" / "plan.docx").write_bytes(b"PK")
    status, out, err = lessons("init", "posts", "--yes", *CUES, lang="th")
    assert status == 3  # one file cannot be read
    assert "  .txt  1 ไฟล์ 1 บันทึก\nพบ 1 บันทึก อ่านไม่ได้ 1 รายการ\n  plan.docx: ไฟล์ต้องเป็นชนิด" in out
    assert "เปิดอ่าน: out/index.html" in out
    assert "  ประเด็นปัญหา: “ตอนนี้ยังขาดคนพาคุย" in out
    assert "plan.docx" in err
    assert read_settings(folder / "posts" / "lessons.toml").project.name == "posts"
    assert (folder / "out" / "all" / "digest.html").is_file()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "Next: lessons run posts\n"),
        (("--out", "digests"), "Next: lessons run posts --out digests\n"),
        (("--database", "postgresql://km:secret@host/lessons"), "Next: lessons run posts --database URL\n"),
    ],
)
def test_the_next_command_reads_into_the_same_place(lessons, folder, answering, options, said):
    assert said in lessons("init", "posts", "--yes", "--no-run", *options)[1]


def test_options_are_answers(lessons, folder, answering):
    phases = ("--phase", "นำร่อง=1 มิ.ย. 2551..ส.ค. 2552", "--phase", "ขยาย=2009-09-01..")
    given = ("--name", "Kop 2", *phases, "--meeting", "พุธ", "--reader", "a@example.org")
    assert lessons("init", "posts", "--yes", "--no-run", *given)[0] == 0
    found = read_settings(folder / "posts" / "lessons.toml")
    assert (found.project.id, found.project.name, [reader.email for reader in found.readers]) == ("kop-2", "Kop 2", ["a@example.org"])
    days = [(phase.name, str(phase.first_day), str(phase.last_day)) for phase in found.phases]
    assert days == [("นำร่อง", "2008-06-01", "2009-08-31"), ("ขยาย", "2009-09-01", "None")]
    assert found.schedule.mail[0] == 1  # the day before the meeting on Wednesday
    assert not (folder / "out" / "index.html").exists()


def test_a_wrong_answer_is_explained_and_asked_again(lessons, folder, answering):
    answering("nowhere", "posts", "ทีมลุ่มน้ำ", "นำร่อง", "เมื่อไรไม่รู้", "1 มิ.ย. 2551", "", "", "วันว่าง", "พฤหัส", "พฤหัสบดี", "ใครสักคน", "a@example.org", "")
    status, _, err = lessons("init", "--no-run", lang="th")
    assert status == 0
    told = err.splitlines()
    assert [line.split(" แต่พบ")[0].split(" แต่ไม่พบ")[0] for line in told] == [
        "nowhere: ที่เก็บบันทึกต้องเป็นไฟล์หรือโฟลเดอร์ที่มีอยู่",
        "ต้องเป็นวันที่ เช่น 1 มิ.ย. 2551",
        'ต้องเป็นชื่อวัน เช่น "พฤหัสบดี" หรือ "thursday"',
        'ต้องเป็นชื่อวัน เช่น "พฤหัสบดี" หรือ "thursday"',
        "ต้องเป็นที่อยู่อีเมลหนึ่งแห่ง เช่น name@example.org",
    ]
    found = read_settings(folder / "posts" / "lessons.toml")
    assert (found.project.name, found.phases[0].name, str(found.phases[0].first_day)) == ("ทีมลุ่มน้ำ", "นำร่อง", "2008-06-01")
    assert [reader.email for reader in found.readers] == ["a@example.org"]


def test_a_terminal_is_asked_question_by_question(lessons, folder, answering, monkeypatch):
    asked, answers = [], iter(["posts", "", "", "", ""])
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda prompt: asked.append(prompt) or next(answers))
    assert lessons("init", "--no-run")[0] == 0
    assert [prompt.split(" (")[0].rstrip(": ") for prompt in asked] == [
        "Folder in which the posts are [.]",
        "Name of the team or project, for the head of every digest [posts]",
        "Name of phase 1",
        "Day of the week on which the team meets, such as Thursday",
        "E-mail address of a reader of the digest",
    ]


def test_signs_that_nobody_sees_are_no_answer(lessons, folder, answering):
    answering("\x1b[Dทีม", "ทีม", "", "", "")
    assert "signs that cannot be seen" in lessons("init", "posts", "--no-run")[2]
    assert read_settings(folder / "posts" / "lessons.toml").project.name == "ทีม"


def test_a_command_that_is_stopped_by_hand_says_so(lessons, folder, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.jobs.look.look_at", stop)
    assert lessons("look", "posts/good.txt", lang="th") == (130, "", "หยุดแล้ว สั่งใหม่ได้ทุกเมื่อ\n")


@pytest.mark.parametrize("lines", [(), ("posts", "ทีม")])
def test_a_pipe_that_ends_too_early_is_one_sentence_and_writes_nothing(lessons, folder, answering, lines):
    answering(*lines)
    status, _, err = lessons("init")
    assert status == 2
    assert "every question must be answered" in err
    assert "--yes" in err
    assert not (folder / "posts" / "lessons.toml").exists()


def test_a_pipe_that_says_nothing_is_not_waited_for(lessons, folder, monkeypatch):
    ours, theirs = os.pipe()
    with os.fdopen(ours) as silent, os.fdopen(theirs, "w"):
        monkeypatch.setattr(sys, "stdin", silent)
        monkeypatch.setattr("pipeline.cli.asking.Asker.__init__.__defaults__", (0.05,))
        status, _, err = lessons("init", "posts", lang="th")
    assert status == 2
    assert err.startswith("lessons init: ไม่มีคำตอบของคำถาม: ชื่อทีมหรือโครงการ")


def test_a_configuration_that_is_there_stays_unless_by_force(lessons, folder, answering):
    file = folder / "posts" / "lessons.toml"
    file.write_text('[project]\nname = "เดิม"\n', encoding="utf-8")
    for arguments in (("init", "posts", "--yes"), ("init", ".", "--yes", "--name", "\x00")):
        assert lessons(*arguments, "--no-run")[0] in {0, 2}
    assert "เดิม" in file.read_text(encoding="utf-8")
    assert lessons("init", "posts", "--yes", "--force", "--no-run", "--name", "ใหม่")[0] == 0
    assert read_settings(file).project.name == "ใหม่"


def test_the_sample_posts_come_into_a_new_folder_alone(lessons, folder, answering):
    assert lessons("init", "try", "--samples", "--yes", "--no-run")[0] == 0
    assert survey(folder / "try", folder / "out").posts.total() == len(read(asset("corpora/samples")))
    status, _, err = lessons("init", "posts", "--samples", "--yes", "--no-run")
    assert (status, "must be new or empty" in err) == (2, True)


@pytest.mark.parametrize("file", ["first.th.toml", "first.en.toml"])
def test_the_file_explains_every_key_that_a_team_may_write(file, tmp_path):
    text = (TEMPLATES / file).read_text(encoding="utf-8")
    told = text_of(Draft("ทีม", phases=(DraftPhase("นำร่อง", "2008-06-01"),), readers=("a@example.org",)), file.split(".")[1])
    missing = [f"{table}.{key}" for table, keys in KEYS.items() for key in keys if not re.search(rf"\b{key}\b", told)]
    assert missing == []
    switched_on = [line.removeprefix("# ") for line in text.splitlines() if re.match(r"# \w+ = |(?:# )?\[", line)]
    values = "\n".join(switched_on)
    written = tmp_path / "lessons.toml"
    written.write_text(values, encoding="utf-8")
    assert read_settings(written).feeds[0].id == "kop"


@pytest.mark.parametrize(("first_day", "last_day"), [("2008-06-01", ""), ("2008-05-01", ""), ("", "2009-01-01")])
def test_days_that_another_phase_has_are_told_by_the_name_that_was_given(first_day, last_day):
    with pytest.raises(SettingsError) as caught:
        with_phase(with_phase(Draft("กบ"), "นำร่อง", "2008-06-01"), "ขยาย", first_day, last_day)
    assert '"นำร่อง" began on 2008-06-01' in caught.value.en
    assert "phase-" not in caught.value.en + caught.value.th
    assert "[[" not in caught.value.en + caught.value.th
