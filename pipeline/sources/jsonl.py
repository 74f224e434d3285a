"""JSON lines: one post a line.

Comes in: a ``.jsonl`` file, read line by line, never whole. Goes out: a `Post` or a `SourceError` for every line that is not blank.
Refuses a line that is no JSON object, names a key twice, or has a field of the wrong kind; the lines after it are read.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NoReturn

from pipeline.errors import SourceError
from pipeline.sources.decoding import BLANK, MAX_POST_CHARS, check_bytes, decode
from pipeline.sources.fields import Number, post_of
from pipeline.sources.files import open_file
from pipeline.sources.refusals import found_in_words, no_post, refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from pipeline.records import Post
    from pipeline.sources.files import SourceFile

MAX_LINE_BYTES = 12 * MAX_POST_CHARS  # the longest post with every sign written as two \u escapes
SAMPLE_BYTES = 4096


def read(file: SourceFile) -> Iterator[Post | SourceError]:
    """Yield the posts of the lines, and an error for each line that is none.

    Raises:
        SourceError: when the file holds no line at all, or no text.
    """
    found = False
    with open_file(file) as opened:
        check_bytes(opened.read(SAMPLE_BYTES), file.name)
        opened.seek(0)
        for number, data in _lines(opened):
            try:
                post = _read_line(data, file, number)
            except SourceError as error:
                found = True
                yield error
                continue
            if post is not None:
                found = True
                yield post
    if not found:
        raise no_post(file.name)


def _lines(opened: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Yield the lines with their numbers from 1; None for a line that is too long to be a post."""
    number = 0
    while data := opened.readline(MAX_LINE_BYTES + 1):
        number += 1
        if len(data) <= MAX_LINE_BYTES:
            yield number, data
            continue
        while data and not data.endswith(b"\n"):
            data = opened.readline(MAX_LINE_BYTES)
        yield number, None


def _read_line(data: bytes | None, file: SourceFile, number: int) -> Post | None:
    """Return the post of a line, or None for a blank one."""
    if data is None:
        megabytes = MAX_LINE_BYTES // 1_000_000
        raise refusal(
            file.name,
            f"a line must have {megabytes} MB at most. Got more. Split the post, or leave it.",
            f"หนึ่งบรรทัดต้องยาวไม่เกิน {megabytes} MB แต่พบยาวกว่านั้น โปรดแยกบันทึก หรือปล่อยไว้ก็ได้",
            number,
        )
    text = decode(data, file.name, number).strip(BLANK)
    if not text:
        return None
    row = read_json(text, file.name, number)
    if not isinstance(row, dict):
        en, th = found_in_words(row)
        raise refusal(
            file.name,
            f"a line must be one JSON object. Got {en} instead. Correct the line, or leave it.",
            f"หนึ่งบรรทัดต้องเป็นออบเจกต์ JSON หนึ่งชุด แต่พบ{th} โปรดแก้บรรทัดนี้ หรือปล่อยไว้ก็ได้",
            number,
        )
    return post_of(row, file, number)


def read_json(text: str, name: str, line: int) -> object:
    """Return the value of a JSON text, numbers as written.

    Raises:
        SourceError: when it is no JSON, nests too deeply or names a key twice.
    """

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        row: dict[str, object] = {}
        for key, value in pairs:
            if key in row:
                said = found_in_words(key)
                raise refusal(
                    name,
                    f"an object must name each key once. Got {said[0]} twice. Correct the line, or leave it.",
                    f"ออบเจกต์ต้องมีชื่อคีย์ไม่ซ้ำกัน แต่พบ{said[1]} สองครั้ง โปรดแก้บรรทัดนี้ หรือปล่อยไว้ก็ได้",
                    line,
                )
            row[key] = value
        return row

    try:
        return json.loads(text, object_pairs_hook=once, parse_int=Number, parse_float=Number, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        at, at_th = "nested too deeply, or NaN", "ซ้อนกันลึกเกินไป หรือมีค่า NaN"
        if isinstance(error, json.JSONDecodeError):
            at, at_th = f"{error.msg} at character {error.pos + 1}", f"ตัวอักษรที่ {error.pos + 1}"
        raise refusal(
            name,
            f"a line must be valid JSON. Got something else ({at}). Correct the line, or leave it.",
            f"บรรทัดต้องเป็น JSON ที่ถูกต้อง แต่อ่านไม่ได้ ({at_th}) โปรดแก้บรรทัดนี้ หรือปล่อยไว้ก็ได้",
            line,
        ) from None


def _no_constant(_: str) -> NoReturn:
    """Refuse NaN and Infinity, which are no JSON."""
    raise ValueError
