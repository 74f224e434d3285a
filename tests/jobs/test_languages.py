"""English forms have no Thai but that of the posts and of names, Thai forms no English of ours; readers get theirs."""

import json
import re
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from pipeline.jobs.cuts import views_of
from pipeline.settings import Reader
from tests.render.conftest import unbroken

THAI = re.compile("[\u0e00-\u0e7f]")
READERS = '[[reader]]\nemail = "{0}@example.org"\n{1}\n'


def reader(name, **facts):
    return Reader(f"{name}@example.org", **{"roles": (), "cut": None, "agency": None, "area": None, "lang": "th", "outside": False, **facts})


def test_each_reader_gets_a_cut_in_their_language_each_once():
    readers = [reader("a"), reader("b", lang="en"), reader("c", cut="host", lang="en"), reader("d", cut="host"), reader("e", cut="host", lang="en")]
    assert list(views_of(readers)) == ["en", "host.en", "host"]
    assert list(views_of(readers, "en")) == ["th", "host", "host.th"]


@pytest.fixture(name="english", scope="module")
def _english(models_once, tmp_path_factory):
    """Return the output folder of a run in English, on posts with Latin words alone, so that every Thai sign in it is ours."""
    from tests.jobs.conftest import Team

    team = Team(tmp_path_factory.mktemp("english"))
    team.posts.mkdir()
    rows = [
        {"id": "1", "title": "first meeting", "author": "Dan", "date": "2009-04-01", "text": "We must ask people first. MOU MOU MOU."},
        {"id": "2", "title": "second meeting", "author": "Ann", "date": "2009-06-01", "text": "KM KM KM. AAR."},
    ]
    (team.posts / "posts.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (team.posts / "broken.txt").write_bytes(b"\x00\x01\x02\x00")
    config = team.home / "lessons.toml"
    readers = "".join(READERS.format(name, f'cut = "{name}"') for name in ("executive", "host", "agency", "facilitator", "pre-meeting"))
    config.write_text(f'[project]\nid = "x"\nname = "Project"\n[[phase]]\nid = "one"\nname = "Phase one"\n{readers}', encoding="utf-8")
    order = team.order(config=config, lang="en")
    team.run(order)
    return order.out


def test_no_thai_of_ours_stands_in_an_english_text(english):
    for file in (*english.glob("*.html"), *english.rglob("posts/*.html"), *english.glob("one/digest.*"), english / "calendar.ics"):
        if file.suffix == ".docx" or ".th." in file.name:
            continue
        # two roles are names, and a link tells a language by its own name
        whole = unbroken(file.read_text(encoding="utf-8"))
        text = re.sub(r"@font-face{.*?}|<style>.*?</style>|คุณอำนวย|คุณเอื้อ|ไทย(?=\)?(?:</span>)?</a>)", "", whole, flags=re.DOTALL)
        own = re.sub(r'"(?:thai|question)": "[^"]*"|font-family:[^;]*;', "", text)
        assert not THAI.search(own), (file.name, own[max(0, THAI.search(own).start() - 80) :][:160])


def test_no_thai_of_ours_stands_in_an_english_document(english):
    with ZipFile(english / "one" / "digest.docx") as made:
        words = " ".join(re.findall(r"<w:t[ >][^<]*", made.read("word/document.xml").decode()))
        assert not THAI.search(words), words
        assert "en-GB" in made.read("word/styles.xml").decode()


def test_no_thai_of_ours_stands_in_an_english_register(english):
    book = load_workbook(english / "register.xlsx")
    assert book.sheetnames == ["Actions", "Issues", "Lessons"]
    for sheet in book:
        assert not [cell.value for row in sheet for cell in row if isinstance(cell.value, str) and THAI.search(cell.value)]


def test_a_thai_page_tells_in_thai_why_a_file_was_set_aside(team):
    team.write(broken_txt=b"\x00\x01\x02\x00")
    for language in ("en", "th"):
        order = team.order(language=language)
        team.run(order)
        page = (order.out / "index.html").read_text(encoding="utf-8")
        reason = re.search(r'<td class="path">broken.txt</td>.*?<td>(.*?)</td></tr>', page, re.DOTALL)[1]
        assert THAI.search(reason), reason


def test_a_phase_and_a_project_without_a_name_are_called_in_the_language_of_each_reader(team):
    team.write()
    config = team.home / "lessons.toml"
    config.write_text(READERS.format("guest", 'lang = "en"'), encoding="utf-8")
    order = team.order(config=config)
    team.run(order)
    thai, english = ((order.out / "all" / name).read_text(encoding="utf-8") for name in ("digest.md", "digest.en.md"))
    assert ("# ทั้งหมด" in thai, "# All posts" in english) == (True, True)
    assert ("บันทึกที่รวบรวมไว้" in thai, "Project: Collected posts" in english, "บันทึกที่รวบรวมไว้" in english) == (True, True, False)
