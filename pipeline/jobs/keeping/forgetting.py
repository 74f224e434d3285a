"""To forget on request: a person by name, a post, a reader by address. First a look at what would go, then it goes.

Comes in: the order of a run, and who or what is to be forgotten. Goes out: what would go or went. In the database a name becomes ▮, a post or a
reader goes; the files that runs have written go whole (the next run writes them anew), and so do the bytes of messages. Refuses a name too short to
be told from other words, and to go on beside a run. Before anything goes it is kept as a hash that it must: what a crash leaves undone is done by
the next run, and what stands in files of the team is not read again.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipeline.errors import SettingsError
from pipeline.forgotten import Erased, Forgotten, ForgottenKind, digest_of
from pipeline.jobs.files import open_made_store
from pipeline.jobs.journal import note
from pipeline.jobs.keeping.backup import is_backup
from pipeline.jobs.keeping.eraser import Erasure, plain_address
from pipeline.jobs.keeping.erasing import collected_files, file_of, files_of, finish_forgetting
from pipeline.jobs.teams.history import team_models
from pipeline.jobs.turn import one_at_a_time
from pipeline.privacy.forgetting import forget_name
from pipeline.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from pipeline.jobs.run import RunOrder
    from pipeline.store.store import Store

_MARKS = "ะัาำิีึืฺุู็่้๊๋์ํ"  # no text begins with one
_CONTEXT, _CONTEXTS = 24, 5


class Asked(NamedTuple):
    """Who or what is to be forgotten, in the words of who asks."""

    persons: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What stands of it: in the database, as files of ours, and where only the team itself can remove it."""

    erased: Erased
    files: tuple[Path, ...]
    places: tuple[str, ...]
    own: tuple[Path, ...]
    backups: tuple[Path, ...]
    blocks: tuple[int, ...]


def look_for(order: RunOrder, asked: Asked) -> Found:
    """Return what would go; nothing is changed."""
    with open_made_store(order.database, order.out) as store:
        return _look(order, store, Erasure(_rows_of(asked, secrets.token_hex(8))))


def forget(order: RunOrder, asked: Asked, now: datetime) -> Found:
    """Let it go, and return what went."""
    with open_made_store(order.database, order.out) as store, one_at_a_time(store):
        known = store.forgetting.rows()
        rows = _rows_of(asked, known[0].salt if known else secrets.token_hex(8))
        found = _look(order, store, Erasure(rows))
        store.forgetting.remember(rows, now)
        finish_forgetting(store, order.out, team_models(order.database, order.out))
    counts = {name: getattr(found.erased, name) for name in ("posts", "passages", "corrections", "messages", "readers")}
    note("forgotten", kinds=sorted({row.kind for row in rows}), files=len(found.files), **counts)
    return found


def _rows_of(asked: Asked, salt: str) -> list[Forgotten]:
    def hashed(kind: ForgottenKind, words: str) -> Forgotten:
        return Forgotten(kind, salt, len(words), digest_of(salt, words))

    if not any(asked):
        raise SettingsError(
            en="lessons forget: --person, --post or --reader must be given. Got none. Say who or what is to be forgotten.",
            th="lessons forget: ต้องระบุ --person, --post หรือ --reader อย่างน้อยหนึ่งอย่าง แต่ไม่พบ โปรดระบุว่าให้ลืมใครหรือบันทึกใด",
        )
    return [
        *(forget_name(words, salt) for words in asked.persons),
        *(hashed("post", plain_address(words)) for words in asked.posts),
        *(hashed("reader", words.strip().lower()) for words in asked.readers),
    ]


def _look(order: RunOrder, store: Store, erasure: Erasure) -> Found:
    erased = store.forgetting.look(erasure)
    collected = set(collected_files(erased))
    own = sorted({file for origin in erased.origins if (file := file_of(origin)) not in collected})
    readers = read_settings(order.config).readers
    blocks = tuple(number for number, reader in enumerate(readers, start=1) if erasure.forgets_reader(reader.email))
    files = tuple(files_of(order.out, erasure, erased))
    places = tuple(_places(store, erasure)) if "person" in erasure.kinds else ()
    return Found(erased, files, places, tuple(own), tuple(_backups(order)), blocks)


def _places(store: Store, erasure: Erasure) -> Iterator[str]:
    """Yield some places in which a name stands, with ▮ for it: whoever asks sees whether it is found in other words."""
    told = 0
    for post in store.posts():
        start, end = erasure.first_in(post.text)
        if start < end and told < _CONTEXTS:
            told += 1
            before, behind = post.text[max(0, start - _CONTEXT) : start].lstrip(_MARKS), post.text[end : end + _CONTEXT]
            yield f"{post.source}: …{' '.join(f'{before}▮{behind}'.split())}…"


def _backups(order: RunOrder) -> Iterator[Path]:
    """Yield the backups that lie beside: they hold what was kept when they were made."""
    folders = {folder.resolve() for folder in (order.out, order.out.parent, Path(), *((order.config.parent,) if order.config else ()))}
    yield from (file for folder in sorted(folders) for file in sorted(folder.glob("*.zip")) if is_backup(file))
