"""The shipped reader, loaded once, and a factory of posts."""

from tests.reading import by_cues, make_post, reader

__all__ = ["by_cues", "make_post", "reader"]
