"""What shall not be kept any more, without saying what it was: a salted hash of a person's name, of a post's id or address, of a reader's address.

Comes in: words. Goes out: `Forgotten`, and whether other words are the same. Refuses nothing. A name that somebody guesses can be tried against the
hash; what it prevents is that the name itself stands in the database, in a backup or in a log. Standard library only.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal
from zlib import crc32

ForgottenKind = Literal["person", "post", "reader"]
_BYTES = 16
_BITS = 0xFFFF


@dataclass(frozen=True, slots=True)
class Forgotten:
    """The hash of words that are compared as they are given; `length` counts their signs.

    `quick` are a few bits of another hash: they rule out most other words at a tenth of the time, and tell nearly nothing.
    """

    kind: ForgottenKind
    salt: str
    length: int
    digest: str
    quick: int = 0

    def is_of(self, words: str) -> bool:
        """Tell whether these are the words.

        >>> Forgotten("reader", "s", 13, digest_of("s", "a@example.org")).is_of("a@example.org")
        True
        """
        return len(words) == self.length and digest_of(self.salt, words) == self.digest


def digest_of(salt: str, words: str) -> str:
    """Return the hash of some words."""
    return blake2b(f"{salt}\0{words}".encode("utf-8", "surrogatepass"), digest_size=_BYTES).hexdigest()


def quick_of(signs: memoryview | bytes) -> int:
    """Return the few bits of some signs, four bytes each."""
    return crc32(signs) & _BITS


@dataclass(frozen=True, slots=True)
class Erased:
    """How much of what was asked stands in a database, or has gone from it; `origins` are the files in which its posts stood."""

    posts: int = 0
    passages: int = 0
    corrections: int = 0
    messages: int = 0
    readers: int = 0
    origins: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether there is anything."""
        return any((self.posts, self.passages, self.corrections, self.messages, self.readers))
