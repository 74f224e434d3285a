"""The e-mail that tells a reviewer what came of their work, and its twin in plain text.

Comes in: lines that tell of a model, and what the reviewer decided since the one before. Goes out: subject, page and text, in the language that
`words.speaking` names. Refuses nothing. It tells figures of the work alone and quotes nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.languages import flowed
from pipeline.render.borders import with_borders
from pipeline.render.pages import environment
from pipeline.render.words import language, word

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class EffectMail:
    """What is told: the lines of a model, the reviewer's decisions and changed passages since the one before, and the way to leave."""

    project: str
    lines: Sequence[str]
    decisions: int
    changed: int
    leave_at: str | None = None
    answered: bool = False


def effect_subject(mail: EffectMail) -> str:
    """Return the subject."""
    return word("effect_subject", project=mail.project)


def effect_mail(mail: EffectMail) -> str:
    """Return the page of the mail."""
    shown = {"subject": effect_subject(mail), "project": mail.project, "lines": _lines(mail), "about": _about(mail)}
    return with_borders(environment().get_template("mail_effect.html").render(**shown, leave_at=mail.leave_at, language=language()))


def effect_mail_text(mail: EffectMail) -> str:
    """Return the twin of the mail in plain text."""
    leave = [f"{word('mail_leave')}: {mail.leave_at}"] if mail.leave_at else []
    return flowed("\n".join([effect_subject(mail), "", *(f"- {line}" for line in _lines(mail)), "", *_about(mail), *leave, ""]))


def _lines(mail: EffectMail) -> list[str]:
    return [word("effect_own", n=mail.decisions, changed=mail.changed), *mail.lines]


def _about(mail: EffectMail) -> list[str]:
    by_mail = [word("mail_leave_by_mail")] if mail.answered and not mail.leave_at else []
    return [word("effect_why_you"), *by_mail]
