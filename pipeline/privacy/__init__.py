"""Personal data: found in what the posts say, and masked in what leaves the team.

Comes in: posts, and digests for readers. Goes out: the same with ▮ for what may not be seen. `without_never_shown` is for everything that the program
reads; `for_reader` for what a reader outside the team gets.
"""

from pipeline.privacy.leaving import Leaving, for_reader
from pipeline.privacy.reading import Counted, without_never_shown

__all__ = ["Counted", "Leaving", "for_reader", "without_never_shown"]
