"""The message that tells a reviewer what came of their work: once for each model that corrections taught, and again when it reads or reads no more.

Comes in: who writes, a store and the folder of the team's models. Goes out: messages in the outbox, and how many. Refuses nothing: where no model was
learnt, or a reviewer has no address, there is nothing to send.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pipeline.desk.progress import progress
from pipeline.jobs.teams.effect import latest_effect
from pipeline.jobs.teams.history import history
from pipeline.mail.composing import Content, Envelope, compose, message_id_of
from pipeline.outgoing import Letter, Seen
from pipeline.render.effect_mail import EffectMail, effect_mail, effect_mail_text, effect_subject
from pipeline.render.words import speaking

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.jobs.mail.letters import Writing
    from pipeline.reviewers import Reviewer
    from pipeline.store.store import Store

_PHASE = ".effect"  # in the place of the phase of a digest: no phase is called so
_EVER = datetime(1970, 1, 1, tzinfo=UTC)


def compose_effects(writing: Writing, store: Store, team: Path) -> int:
    """Compose what each reviewer with an address has not been told yet, and return how many messages that are."""
    return sum(_compose(writing, store, team, one) for one in store.reviewers.all() if one.email and not one.revoked)


def _compose(writing: Writing, store: Store, team: Path, reviewer: Reviewer) -> bool:
    """Compose the message of one reviewer; tell whether it is a new one."""
    effect, address = latest_effect(team, reviewer.lang), (reviewer.email or "").lower()
    if effect is None:
        return False
    key = f"effect:{writing.settings.project.id}:{effect.model}:{effect.standing}:{address}"
    if writing.outbox.has(key):
        return False
    leave_at = writing.leave_at(address)
    own = progress(store, _before(team), reviewer.id)
    mail = EffectMail(writing.settings.project.name, effect.lines, own.decisions, own.changed, leave_at, writing.settings.mail.sender is not None)
    with speaking(reviewer.lang):
        content = Content(effect_subject(mail), effect_mail_text(mail), effect_mail(mail), reviewer.lang)
    envelope = Envelope(writing.sender, address, message_id_of(key, writing.sender.address), writing.now, leave_at)
    letter = Letter(key, address, _PHASE, envelope.message_id, content.subject, compose(envelope, content), Seen(effect.model, 0, None))
    return writing.outbox.put(letter, writing.now.astimezone(UTC).replace(tzinfo=None))


def _before(team: Path) -> datetime:
    """Return when the model before the last was learnt: what was decided since is new in the last one."""
    moments = [datetime.fromisoformat(row["at"]) for row in history(team) if row["what"] == "learnt"]
    return moments[-2] if len(moments) > 1 else _EVER
