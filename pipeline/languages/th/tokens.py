"""Thai words: text in, the same text in pieces out, not a character lost.

Comes in: a string. Goes out: words whose concatenation is the string; white space stands in words of its own. Refuses nothing.
nlpo3 reads with the dictionary of pythainlp and the genre's own words (``words.txt``); without nlpo3, pythainlp's newmm does, slower.
One engine must be used for training and for reading: `ENGINE` says which, and the model's card records it.
"""

from __future__ import annotations

import re
import tempfile
from functools import lru_cache
from importlib.util import find_spec
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pythainlp.corpus import thai_stopwords, thai_words

from pipeline.errors import LessonsError, reason_th
from pipeline.records import short_hash

if TYPE_CHECKING:
    from collections.abc import Callable

CODE = "th"  # of the language, as spaCy names it
ENGINE = "nlpo3" if find_spec("nlpo3") else "newmm"
_SORTED_OUT = re.compile(r"\s+|\S+")
_LONG_RUN = re.compile(r"(?<!\S)\S{1501,}")  # nlpo3 takes quadratic time in a run that can be cut in many ways
_PART_OF_RUN = re.compile(r"\S{1500}[ัิ-ฺ็-๎]*(?=\S)")
_NEWMM_STRETCH = 10_000  # newmm takes quadratic time in the length of one call


def genre_words() -> list[str]:
    """Return the words of the genre that no general dictionary holds."""
    lines = (Path(__file__).parent / "words.txt").read_text(encoding="utf-8").split("\n")
    return [line.strip() for line in lines if line.strip()]


@lru_cache(maxsize=1)
def _dictionary() -> list[str]:
    return sorted({*thai_words(), *genre_words()})


@lru_cache(maxsize=1)
def _nlpo3_segment() -> Callable[[str], list[str]]:
    import nlpo3  # it has wheels for every usual platform, but not for all

    words = _dictionary()
    name = short_hash(*words)  # nlpo3 keeps dictionaries by name for the whole process and never replaces one
    try:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "words.txt"
            file.write_text("\n".join(words), encoding="utf-8")
            nlpo3.load_dict(str(file), name)
    except OSError as error:
        raise LessonsError(
            en=f"The folder for temporary files must have room for the word list, about 2 MB. Got {error.strerror or error}. "
            "Free the disk, or name another folder in TMPDIR.",
            th=f"โฟลเดอร์ไฟล์ชั่วคราวต้องมีที่ว่างสำหรับรายการคำราว 2 MB แต่เขียนไม่ได้ ({reason_th(error)}) โปรดเพิ่มที่ว่างในดิสก์ หรือระบุโฟลเดอร์อื่นใน TMPDIR",
        ) from error
    # never safe=True: release 1.4 gives back wrong text with it for lines over 140 characters
    segment: Callable[[str, str], list[str]] = nlpo3.segment
    return lambda text: [word for stretch in stretches(text) for word in segment(stretch, name)]


def stretches(text: str) -> list[str]:
    """Return a text in parts that are cut into words by themselves: one, but for runs without a blank that no person writes.

    >>> stretches("นัดกัน วันศุกร์"), list(map(len, stretches("ที่" * 1_200)))
    (['นัดกัน วันศุกร์'], [1500, 1500, 600])
    """
    parts = (part for run in _LONG_RUN.finditer(text) for part in _PART_OF_RUN.finditer(text, run.start(), run.end()))
    ends = [0, *(part.end() for part in parts), len(text)]
    return [text[start:end] for start, end in pairwise(ends)]


@lru_cache(maxsize=1)
def _newmm_segment() -> Callable[[str], list[str]]:
    from pythainlp.tokenize import word_tokenize
    from pythainlp.util import dict_trie

    trie: Any = dict_trie(_dictionary())

    def segment(text: str) -> list[str]:
        words: list[str] = []
        for start in range(0, len(text), _NEWMM_STRETCH):
            words += word_tokenize(text[start : start + _NEWMM_STRETCH], custom_dict=trie, engine="newmm", join_broken_num=False)
        return words

    return segment


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """Return the words that say nothing of the matter, such as ที่ ได้ ของ."""
    return frozenset(thai_stopwords())


@lru_cache(maxsize=1)
def known_words() -> frozenset[str]:
    """Return the words that the dictionaries know."""
    return frozenset(_dictionary())


def words_of(text: str, engine: str = ENGINE) -> list[str]:
    """Return the words of `text`; joined they are `text` again.

    >>> words_of("คุณอำนวยนัดกัน  วันศุกร์")
    ['คุณอำนวย', 'นัด', 'กัน', '  ', 'วัน', 'ศุกร์']
    """
    if not text:
        return []
    segment = _nlpo3_segment() if engine == "nlpo3" else _newmm_segment()
    words = segment(text)
    if _has_glued_blanks(text, words):
        words = [part for word in words for part in ((word,) if word.isspace() or word.split() == [word] else _SORTED_OUT.findall(word))]
    return words


def begins_word(text: str, start: int) -> bool:
    """Tell whether a word of `text` begins at an offset.

    >>> begins_word("วันนี้ป้าแดงเล่า", 6), begins_word("ลองทำเป้าหมาย", 6)
    (True, False)
    """
    return start in {0, *accumulate(map(len, words_of(text)))}


def _has_glued_blanks(text: str, words: list[str]) -> bool:
    """Say whether a word holds a blank and more: both engines glue rare blanks, such as a lone carriage return, to their neighbours."""
    return sum(map(len, filter(str.isspace, words))) != len(text) - len("".join(text.split()))
