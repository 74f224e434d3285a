"""``lessons forget``: a look first, then with --yes; told without the name."""

import pytest

pytestmark = pytest.mark.usefixtures("nothing_set", "without_prefect")


@pytest.fixture
def read_once(lessons, folder):
    (folder / "posts" / "told.txt").write_text("เล่าต่อ\n\nลุงประเวศน์ย้ำว่าต้องถามคนในบ้านก่อนแล้วค่อยวางแผน\n", encoding="utf-8")
    lessons("run", "posts", "--model", "cues")
    return folder


def test_a_look_says_what_would_go_and_yes_does_it(lessons, read_once):
    page = read_once / "out" / "all" / "digest.md"
    status, out, err = lessons("forget", "--person", "ประเวศน์", lang="th")
    assert (status, err, page.is_file()) == (0, "", True)
    assert "ยังไม่ได้ทำอะไร" in out
    assert "ในฐานข้อมูล: บันทึก 1 ข้อความ 1" in out
    assert "told.txt: …เล่าต่อ ลุง▮ย้ำว่า" in out
    assert "--yes" in out
    status, done, _ = lessons("forget", "--person", "ประเวศน์", "--yes", lang="th")
    assert (status, page.exists()) == (0, False)
    assert "สั่ง lessons run" in done
    assert str(read_once / "posts" / "told.txt") in done  # the team's own file is named: it is the team's to change
    assert "ประเวศน์" not in out + done
    lessons("run", "posts", "--model", "cues")
    assert "▮" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [((), "--person, --post or --reader must be given"), (("--person", "นา"), "must have 3 signs or more")],
    ids=["nothing", "short"],
)
def test_what_cannot_be_forgotten_is_one_sentence(lessons, read_once, arguments, said):
    status, out, err = lessons("forget", *arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert said in err


def test_a_reader_is_looked_for_in_the_settings_or_it_is_said_that_none_were_named(lessons, read_once):
    (read_once / "team.toml").write_text('[[reader]]\nemail = "khun-euea@example.org"\n', encoding="utf-8")
    asked = ("forget", "--reader", "khun-euea@example.org")
    _, blind, _ = lessons(*asked, lang="th")
    _, looked, _ = lessons(*asked, "--config", "team.toml", lang="th")
    unlooked, found = "ไม่พบ lessons.toml จึงไม่ได้ดู", "lessons.toml ยังมีผู้รับนี้ใน [[reader]] ลำดับที่ 1"
    assert [said in out for out in (blind, looked) for said in (unlooked, found)] == [True, False, False, True]


def test_where_nothing_was_kept_nothing_is_made(lessons, folder):
    status, _, err = lessons("forget", "--person", "ประเวศน์")
    assert (status, "a run must have made the database" in err, (folder / "out").exists()) == (2, True, False)
