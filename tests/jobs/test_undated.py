"""Posts without a day: their times are told from the middle day of the collection, and again when that day moves."""

import pytest

UNDATED = "คุยกันใต้ต้นมะขาม\n\nตกลงกันว่านัดประชุมกลุ่มอีกครั้งวันที่ 9 พฤษภาคม ที่ศาลากลางบ้าน\n"
SILENT = "เล่าเรื่อง\n\nยังขาดคนพาคุย และยังไม่มีเงินค่ารถ\n"


def dated(year, number):
    return f"วงที่ {number}\n\nยังขาดคนจดบัญชีของกลุ่มที่ {number}\n\nหมายเลขบันทึก: {number}เขียนเมื่อ 5 มกราคม {year}\n"


@pytest.fixture
def compared(team, files):
    """Return the rows of a run after others, and of a first one, on the same posts."""

    def rows(out):
        found = files(out)
        return {name: found[name] for name in ("posts.jsonl", "passages.jsonl", "threads.jsonl", "rejected.jsonl", "calendar.ics", "register.xlsx")}

    def compare(*nights):
        analysed = []
        for number, night in enumerate(nights):
            team.write(**night)
            analysed.append(team.run(team.order()).analysed)
            team.run(team.order(out=team.home / f"fresh-{number}"))
            assert rows(team.home / "out") == rows(team.home / f"fresh-{number}")
        return analysed

    return compare


def days_of(team, source):
    return [when["first_day"] for row in team.rows(team.home / "out" / "passages.jsonl") if row["source"] == source for when in row["action"]["when"]]


def test_a_run_after_others_gives_what_a_first_run_gives(team, compared):
    analysed = compared(
        {"undated_txt": UNDATED, "silent_txt": SILENT},
        {"a_txt": dated(2550, 71)},
        {f"b{number}_txt": dated(2552, 80 + number) for number in range(3)},
        {"c_txt": dated(2552, 90)},
    )
    assert days_of(team, "undated.txt") == ["2009-05-09"]
    # with the good.txt of every team; the middle day moves in the second and in the third night, and only what was told from it is read again
    assert analysed == [3, 2, 4, 1]


def test_a_collection_without_any_day_can_get_one_and_lose_it(team, compared):
    compared({"undated_txt": UNDATED}, {"a_txt": dated(2550, 71)})
    assert days_of(team, "undated.txt") == ["2007-05-09"]
    (team.posts / "a.txt").unlink()
    compared({})
    assert days_of(team, "undated.txt") == [None]
