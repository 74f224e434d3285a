"""Groups what says the same and orders it into a digest."""

from __future__ import annotations

from pipeline.digest.digest import UNSURE_BELOW, make_digest
from pipeline.digest.groups import group

__all__ = ["UNSURE_BELOW", "group", "make_digest"]
