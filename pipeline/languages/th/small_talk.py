"""Whether somebody greets, thanks, jokes or chats, instead of telling of the work.

Comes in: a text. Goes out: yes or no. Refuses nothing: ``small_talk.toml`` says what counts, and what it does not name is of the work.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from pipeline.languages.th.cues import cue_set, find_cues


def is_small_talk(text: str) -> bool:
    """Tell whether a text holds words of small talk.

    >>> is_small_talk("สวัสดีค่ะ แวะมาอ่าน"), is_small_talk("ต้องเปิดบัญชีให้สมาชิกดูได้")
    (True, False)
    """
    names, pattern = _signs()
    return bool(pattern.search(text)) or any(cue_set()[hit.cue].name in names for hit in find_cues(text))


@lru_cache(maxsize=1)
def _signs() -> tuple[frozenset[str], re.Pattern[str]]:
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return frozenset(table["cues"]), re.compile("|".join(table["patterns"]))
