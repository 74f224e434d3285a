"""Fields of marked passages as a second reader read them, who did not see the marks: ``readings/fields.csv`` beside the folder of posts.

Comes in: a table with the columns source, start, who, voice and speaker; several owners are parted by `` / ``. Goes out: `SecondFields` by the post
and the code point at which the passage begins. Refuses a table without these columns, and a start that is no number.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from pipeline.labelled import SecondFields
from pipeline.sources.refusals import refusal

if TYPE_CHECKING:
    from pathlib import Path

_COLUMNS = ("source", "start", "who", "voice", "speaker")


def read_second_fields(file: Path) -> dict[tuple[str, int], SecondFields]:
    """Return what a second reader read, by the post's name and the start of the passage; nothing where there is no such file.

    Raises:
        SourceError: when a column is missing or a start is no number.
    """
    if not file.exists():
        return {}
    with file.open(encoding="utf-8", newline="") as lines:
        table = csv.DictReader(lines, restval="")
        if not set(_COLUMNS) <= set(table.fieldnames or ()):
            raise refusal(
                file.name,
                f"must have the columns {', '.join(_COLUMNS)}. Got others. Correct the first line.",
                f"ต้องมีคอลัมน์ {', '.join(_COLUMNS)} แต่ไม่ครบ โปรดแก้บรรทัดแรก",
            )
        return dict(_read(file.name, row, table.line_num) for row in table)


def _read(name: str, row: dict[str, str], line: int) -> tuple[tuple[str, int], SecondFields]:
    start = row["start"]
    if not start.isdecimal():
        raise refusal(name, f"the start must be a number. Got {start!r}. Correct the line.", f"start ต้องเป็นตัวเลข แต่พบ {start!r} โปรดแก้บรรทัดนี้", line)
    who = tuple(filter(None, row["who"].split(" / ")))
    return (row["source"], int(start)), SecondFields(who, row["voice"], row["speaker"])
