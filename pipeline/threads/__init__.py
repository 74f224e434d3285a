"""What is followed from post to post: a commitment, a plan, a problem, a question, until something shows what became of it.

Comes in: passages in the order of time. Goes out: `Thread` records. Refuses nothing. Nothing closes without a passage that shows it.
"""

from __future__ import annotations

from pipeline.threads.follow import follow, follow_each, in_time
from pipeline.threads.kinds import with_kinds
from pipeline.threads.linker import Linker, load_linker

__all__ = ["Linker", "follow", "follow_each", "in_time", "load_linker", "with_kinds"]
