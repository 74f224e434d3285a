"""What a team has asked to forget, as every step that keeps something asks it.

Comes in: hashes of what was forgotten. Goes out: whether a post, a name or a reader is one of them. Refuses nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.privacy.forgetting import ForgottenNames
from pipeline.records import short_hash

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.forgotten import Forgotten
    from pipeline.records import Post
    from pipeline.store.store import Store


class Erasure:
    """Tells what is to be forgotten."""

    def __init__(self, rows: Sequence[Forgotten]) -> None:
        """Take what was forgotten."""
        self.kinds = frozenset(row.kind for row in rows)
        self.key = short_hash(*sorted(row.digest for row in rows))  # of all that is to be forgotten
        self._names = ForgottenNames(rows)
        self._posts = [row for row in rows if row.kind == "post"]
        self._readers = [row for row in rows if row.kind == "reader"]

    def cover_in(self, value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
        """Return a value of JSON without any forgotten name."""
        return self._names.cover_in(value) if self._names else value

    def forgets_post(self, post_id: str, url: str | None) -> bool:
        """Tell whether a post is one of the forgotten."""
        words = {plain_address(name) for name in (post_id, url) if name}
        return any(row.is_of(one) for row in self._posts for one in words)

    def forgets_reader(self, address: str) -> bool:
        """Tell whether an address is one of the forgotten."""
        return any(row.is_of(address.strip().lower()) for row in self._readers)

    def first_in(self, text: str) -> tuple[int, int]:
        """Return where a forgotten name first stands in a text, an empty stretch where none does."""
        found = self._names.found_in(text)
        return found[0][1:] if found else (0, 0)

    def kept_of(self, post: Post) -> Post | None:
        """Return what may be kept of a post: nothing, or the post without the forgotten names."""
        return None if self.forgets_post(post.id, post.url) else self._names.without(post)


def erasure_of(store: Store) -> Erasure:
    """Return what the team of a store has asked to forget."""
    return Erasure(store.forgetting.rows())


def plain_address(url: str) -> str:
    """Return the address of a post as it is compared.

    >>> plain_address(" HTTPS://kop.example.org/7/#top") == plain_address("https://kop.example.org/7")
    True
    """
    place = url.strip().partition("#")[0].rstrip("/")
    scheme, between, rest = place.partition("://")
    return f"{scheme.lower()}{between}{rest}"
