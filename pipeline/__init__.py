"""The product: reads posts, finds what was learnt, what stands in the way and what was promised, and writes the digest.

>>> from pipeline import analyse, make_digest, read
>>> posts = read("corpora/samples")
>>> passages = analyse(posts, model="cues")
>>> all(one.quote in {post.id: post.text for post in posts}[one.post] for one in passages)
True
>>> lessons = make_digest(posts, passages, project="ปิ่นโต").sections[0]
>>> lessons.label, lessons.total > 0
('lesson', True)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.jobs.by_hand import analyse, make_digest, read
else:

    def __getattr__(name: str) -> object:
        """Load what is asked for at its first use: the parts of the product import one another through this package, which must be quick."""
        if name in __all__:
            from pipeline.jobs import by_hand

            return getattr(by_hand, name)
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)

    def __dir__() -> list[str]:
        """Name what a notebook may complete, before anything of it is loaded."""
        return __all__


__all__ = ["analyse", "make_digest", "read"]
