"""Short forms that a text uses, with what they stand for.

Comes in: texts. Goes out: pairs of the form as written and its full words, each once, in the order of their letters. Refuses nothing: what the lists
(``short_forms.toml``, and the aliases of ``agencies.csv`` that are made of letters alone) do not know is left out.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.languages.th.names import agencies

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_LETTERS = re.compile(r"(?:[ก-ฮ]{1,5}\.)+|[A-Z][A-Za-z]{1,6}")  # of an alias that is a short form and no name
_SIGNS = re.compile(r"(?:[ก-ฮ]+\.)+|(?<![A-Za-z0-9])[A-Za-z0-9]{2,8}(?![A-Za-z0-9])|(?<![ก-๛])[ก-ฮ]{3,6}(?![ก-๛])")
_CAPITALS = 2
_SHORT = 2  # letters before the full stop of a form that another word could end with


@lru_cache(maxsize=1)
def known_forms() -> Mapping[str, str]:
    """Return what each known form stands for."""
    own: dict[str, str] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["forms"]
    aliases = {written: full for written, full in agencies().items() if written != full and _is_short(written)}
    return {**aliases, **own}


def short_forms_in(texts: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return the forms that the texts use.

    >>> short_forms_in(["ทำงานร่วมกับอบต.ดอนตะโก เรื่อง KM", "KMITL"])
    (('KM', 'การจัดการความรู้ (Knowledge Management)'), ('อบต.', 'องค์การบริหารส่วนตำบล'))
    """
    found = {form for text in texts for hit in _SIGNS.finditer(text) if (form := _form(hit[0], text[hit.start() - 1 : hit.start()]))}
    return tuple((form, known_forms()[form]) for form in sorted(found))


def _form(signs: str, before: str) -> str | None:
    """Return the longest known form that a run of letters ends with; what stands before it may be the end of a word, but not of a short form."""
    for start in range(len(signs) if signs.endswith(".") else 1):
        form = signs[start:]
        alone = start == 0 and not ("ก" <= before <= "๛")
        if form in known_forms() and (alone or len(form.rstrip(".")) > _SHORT) and "." not in signs[:start]:
            return form
    return None


def _is_short(written: str) -> bool:
    return bool(_LETTERS.fullmatch(written)) and (written.endswith(".") or sum(sign.isupper() for sign in written) >= _CAPITALS)
