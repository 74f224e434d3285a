"""The register of a large archive is one book a year; the book of a year that is over is written again only where one of its rows is another."""

import sys

import openpyxl
import pytest

from pipeline.jobs import books
from tests.render.conftest import unbroken

SAID = {
    2007: "ต้องถามคนในบ้านก่อนลงมือทุกครั้ง เพราะแผนที่ไม่มีเจ้าของไม่มีใครทำต่อ",
    2008: "ยังขาดคนดูแลบ่อเลี้ยงกบ และยังไม่มีใครรับปากว่าจะมาเฝ้า",
    2009: "ตกลงกันว่านัดดูแปลงผักวันที่ 9 พฤษภาคม 2552 ที่ศาลากลางบ้าน",
}


def row(year, text):
    return f'{{"id": "post-{year}", "title": "ปี {year}", "date": "{year}-03-01", "text": "{text}"}}\n'


@pytest.fixture(name="large")
def _large(team, monkeypatch):
    """Return a team whose register is too long for one book, and the projects of the books that are made from now on."""
    monkeypatch.setattr(books, "_ONE_BOOK", 2)
    team.write(posts_jsonl="".join(row(year, text) for year, text in SAID.items()), good_txt="")
    (team.posts / "good.txt").unlink()
    made = []
    whole = books.register_xlsx
    monkeypatch.setattr(books, "register_xlsx", lambda project, last, *rest: made.append(last.year) or whole(project, last, *rest))
    return team, team.order(), made


def quotes(file):
    return [one[1].value for sheet in openpyxl.load_workbook(file) for one in sheet.iter_rows(min_row=2) if one[1].value and one[0].value]


def test_each_year_has_its_book_and_the_first_page_leads_to_it(large):
    team, order, made = large
    team.run(order)
    assert made == [2007, 2008, 2009]
    names = {2007: "register-2550.xlsx", 2008: "register-2551.xlsx", 2009: "register.xlsx"}
    for year, name in names.items():
        said = quotes(order.out / name)
        assert said
        assert all(quote in SAID[year] for quote in said)
    index = unbroken((order.out / "index.html").read_text(encoding="utf-8"))
    assert all(f'href="{name}"' in index for name in names.values())


def test_a_night_writes_the_books_that_are_other_and_leaves_what_a_first_run_leaves(large, tmp_path):
    team, order, made = large
    team.run(order)
    made.clear()
    more = "".join(row(year, text) for year, text in SAID.items()) + row(2010, "ต้องจดชื่อคนรับงานไว้ทุกครั้ง ไม่อย่างนั้นงานจะไม่เดิน")
    (team.posts / "posts.jsonl").write_text(more, encoding="utf-8")
    team.run(order)
    assert made == [2009, 2010]  # the year that is over now, and the new one
    team.run(team.order(out=tmp_path / "anew"))
    for name in ("register.xlsx", "register-2550.xlsx", "register-2551.xlsx", "register-2552.xlsx", ".books"):
        assert (order.out / name).read_bytes() == (tmp_path / "anew" / name).read_bytes()


@pytest.mark.parametrize("known", ["", "{", "[]", '{"register-2550.xlsx": "register"}'])
def test_books_of_which_nothing_is_known_are_written_again(large, known):
    team, order, made = large
    team.run(order)
    kept = (order.out / ".books").read_bytes()
    (order.out / ".books").write_text(known, encoding="utf-8")
    (order.out / "register-2551.xlsx").unlink()
    made.clear()
    team.run(order)
    assert made == [2007, 2008, 2009]
    assert (order.out / ".books").read_bytes() == kept


def test_a_row_is_made_once(large, monkeypatch):
    team, order, _ = large
    team.run(order)
    rows = []
    register_xlsx = sys.modules["pipeline.render.register_xlsx"]  # the package has a function of this name
    whole = register_xlsx._row
    monkeypatch.setattr(register_xlsx, "_row", lambda columns, entry: rows.append(entry.first.quote) or whole(columns, entry))
    new = "ต้องจดชื่อคนรับงานไว้ทุกครั้ง ไม่อย่างนั้นงานจะไม่เดิน"
    (team.posts / "more.jsonl").write_text(row(2009, new).replace("post-2009", "more"), encoding="utf-8")
    team.run(order)
    assert rows
    assert all(quote in new for quote in rows)


def test_books_of_years_go_where_one_book_holds_all(large, monkeypatch):
    team, order, _ = large
    team.run(order)
    (team.posts / "posts.jsonl").write_text(row(2009, SAID[2009]), encoding="utf-8")
    monkeypatch.setattr(books, "_ONE_BOOK", 5_000)
    team.run(order)
    assert not [*order.out.glob("register-*.xlsx"), *order.out.glob(".register-*"), *order.out.glob(".books")]


def test_the_register_is_gone_through_once_for_several_books(large, monkeypatch):
    team, order, made = large
    asked, whole = [], books._of_years
    monkeypatch.setattr(books, "_of_years", lambda entries, years: asked.append(list(years)) or whole(entries, asked[-1]))
    team.run(order)
    assert (asked, made) == ([[2007, 2008]], [2007, 2008, 2009])
    together = {file.name: file.read_bytes() for file in order.out.glob("register*.xlsx")}
    monkeypatch.setattr(books, "_BOOKS_AT_ONCE", 1)
    alone = team.order(out=team.home / "alone")
    team.run(alone)
    assert asked[1:] == [[2007], [2008]]
    assert {file.name: file.read_bytes() for file in alone.out.glob("register*.xlsx")} == together


@pytest.mark.parametrize("held", [0, 50_000])
def test_a_register_that_is_too_long_to_be_held_gives_the_same_books(large, monkeypatch, held):
    team, order, _ = large
    team.run(order)
    monkeypatch.setattr(books, "_HELD", held)
    asked, whole = [], books.Register.__init__

    def counting(register, *told, **named):
        whole(register, *told, **named)
        entries = register.entries
        object.__setattr__(register, "entries", lambda label: asked.append(label) or entries(label))

    monkeypatch.setattr(books.Register, "__init__", counting)
    other = team.order(out=team.home / "other")
    team.run(other)
    assert len(asked) == 3 * (1 if held else 2)  # a sheet of each kind is asked for once, or once more for the books of years
    books_of = {out: {file.name: file.read_bytes() for file in out.glob("register*.xlsx")} for out in (order.out, other.out)}
    assert len(books_of[order.out]) == 3
    assert books_of[order.out] == books_of[other.out]
