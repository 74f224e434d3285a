"""The first ``lessons.toml`` of a team: a few answers become a commented file.

Comes in: what a team answered. Goes out: the text of the file in Thai or English, which `read_settings` reads. Refuses, as `SettingsError`, what the
tables of the file do not allow, in the same sentences. The explanations stand in ``first.th.toml`` and ``first.en.toml`` beside this file.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from pipeline.settings.settings import read_words
from pipeline.settings.tables import ProjectTable

if TYPE_CHECKING:
    from pipeline.settings.environment import Language

FILE = "lessons.toml"
UNASKED = ProjectTable()
_LONGEST_ID = 41
_NO_ID = re.compile(r"[^a-z0-9]+")
_DAY = re.compile(r"(?!0000)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")  # TOML has days of its own
_BARE_CONTROL = "\x7f"  # JSON lets it stand in a text, TOML does not


@dataclass(frozen=True, slots=True)
class DraftPhase:
    """A phase as a person tells it: days as ISO 8601, empty where none is told."""

    name: str
    first_day: str = ""
    last_day: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a team answered; all but the name may be left out."""

    name: str
    id: str = UNASKED.id
    timezone: str = UNASKED.timezone
    phases: tuple[DraftPhase, ...] = ()
    meeting: str = ""
    readers: tuple[str, ...] = ()


def id_from(name: str) -> str:
    """Return the short id that a name gives, or that of a team without one.

    >>> id_from("Kop 2009"), id_from("กบนอกกะลา")
    ('kop-2009', 'posts')
    """
    return _NO_ID.sub("-", name.lower()).strip("-")[:_LONGEST_ID] or UNASKED.id


def check_draft(draft: Draft, *, named: bool = True) -> Draft:
    """Return the draft; refuse what the file may not hold, with the place in the file unless somebody is asked who has not seen it.

    >>> check_draft(Draft("นำร่อง", phases=(DraftPhase("เริ่ม", "2008-06-01"),))).name
    'นำร่อง'
    """
    read_words(text_of(draft, "en"), Path(FILE), named=named)
    return draft


def text_of(draft: Draft, language: Language) -> str:
    """Return the file with its explanations in one language."""
    explained = Template((Path(__file__).parent / f"first.{language}.toml").read_text(encoding="utf-8"))
    meeting = "วันประชุมของทีม ไม่ระบุแปลว่าไม่ส่งอีเมลเอง" if language == "th" else "the team's meeting day; without it no mail goes out by itself"
    return explained.substitute(
        id=_quoted(draft.id),
        name=_quoted(draft.name),
        timezone=_quoted(draft.timezone),
        phases="".join(_phase_lines(number, phase) for number, phase in enumerate(draft.phases, start=1)),
        readers="".join(f"\n[[reader]]\nemail = {_quoted(address)}\n" for address in draft.readers),
        meeting=f"{'' if draft.meeting else '# '}meeting = {_quoted(draft.meeting or 'พฤหัสบดี')}      # {meeting}",
    )


def _phase_lines(number: int, phase: DraftPhase) -> str:
    lines = [f'\n[[phase]]\nid = "phase-{number}"', f"name = {_quoted(phase.name)}"]
    days = (("first_day", phase.first_day), ("last_day", phase.last_day))
    lines += [f"{key} = {day if _DAY.fullmatch(day) else _quoted(day)}" for key, day in days if day]
    return "\n".join([*lines, f"cues = [{_quoted(phase.name)}]\n"])


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace(_BARE_CONTROL, "\\u007f")
