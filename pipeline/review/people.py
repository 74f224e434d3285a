"""Who may review, for the command line: adding, listing, revoking, and making links.

Comes in: an open store and what the command says. Goes out: records and links. Refuses, as `SettingsError`: a short name that is taken or cannot
stand in an address, one that nobody has, and an e-mail address that is none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.errors import SettingsError
from pipeline.links import LIFETIME, kept_as, new_number, sign
from pipeline.review.passwords import hashed
from pipeline.review.serving import secret_folder
from pipeline.reviewers import ROLES, Reviewer
from pipeline.settings.secret import review_keys
from pipeline.settings.values import is_email
from pipeline.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Mapping

_SHORT_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,40}")


def new_reviewer(reviewer_id: str, name: str | None, role: str, email: str | None, lang: str) -> Reviewer:
    """Return the record of a new reviewer."""
    if role not in ROLES or lang not in {"th", "en"}:
        raise SettingsError(
            f"--role must be one of {', '.join(ROLES)}, and --lang th or en. Got {role} and {lang} instead.",
            f"--role ต้องเป็น {' หรือ '.join(ROLES)} และ --lang ต้องเป็น th หรือ en แต่ได้รับ {role} และ {lang}",
        )
    if email is not None and not is_email(email):
        raise SettingsError(
            f"--email must be one address, such as somsri@example.org. Got {email} instead. Correct it, or leave it out.",
            f"--email ต้องเป็นที่อยู่อีเมลหนึ่งแห่ง เช่น somsri@example.org แต่ได้รับ {email} โปรดแก้ไข หรือไม่ต้องระบุ",
        )
    return Reviewer(reviewer_id, name or reviewer_id, role, email, lang)  # type: ignore[arg-type]  # looked up just now


def add_reviewer(database: str, reviewer: Reviewer, password: str | None, now: int) -> None:
    """Keep a new reviewer."""
    if not _SHORT_NAME.fullmatch(reviewer.id):
        raise SettingsError(
            f"{reviewer.id}: the short name must have 1 to 41 of the signs a-z, 0-9, dot, dash. Choose one such as somsri.",
            f"{reviewer.id}: ชื่อย่อต้องเป็นตัวอักษร a-z ตัวเลข จุด หรือขีด รวม 1 ถึง 41 ตัว โปรดตั้งชื่อ เช่น somsri",
        )
    with Store.open(database) as store:
        if not store.reviewers.add(reviewer, hashed(password) if password else None, now):
            raise SettingsError(
                f"{reviewer.id}: there is a reviewer of this name already. Choose another, or use lessons reviewers password {reviewer.id}.",
                f"{reviewer.id}: มีผู้ตรวจทานชื่อนี้แล้ว โปรดใช้ชื่ออื่น หรือสั่ง lessons reviewers password {reviewer.id}",
            )


def all_reviewers(database: str) -> list[Reviewer]:
    """Return every reviewer."""
    with Store.open(database) as store:
        return store.reviewers.all()


def revoke(database: str, reviewer_id: str, now: int, *, links_only: bool) -> None:
    """Let a reviewer enter no more, or only end their links."""
    with Store.open(database) as store:
        _known(store, reviewer_id)
        if links_only:
            store.reviewers.revoke_links(reviewer_id, now)
        else:
            store.reviewers.revoke(reviewer_id, now)


def change_password(database: str, reviewer_id: str, password: str) -> None:
    """Keep another password."""
    with Store.open(database) as store:
        _known(store, reviewer_id)
        store.reviewers.set_password(reviewer_id, hashed(password))


def make_link(database: str, reviewer_id: str, base_url: str, now: int, environment: Mapping[str, str]) -> str:
    """Return a link by which the reviewer may enter for a week."""
    keys = review_keys(environment, secret_folder(database))
    with Store.open(database) as store:
        _known(store, reviewer_id)
        number = new_number()
        store.reviewers.add_link(kept_as(number), reviewer_id, now, now + LIFETIME)
    return f"{base_url}/link/{sign(keys, number)}"


def _known(store: Store, reviewer_id: str) -> None:
    if store.reviewers.find(reviewer_id) is None:
        raise SettingsError(
            f"{reviewer_id}: no reviewer of this name may enter. See lessons reviewers list.",
            f"{reviewer_id}: ไม่มีผู้ตรวจทานชื่อนี้ที่เข้าใช้ได้ ดูรายชื่อด้วย lessons reviewers list",
        )
