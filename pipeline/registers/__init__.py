"""The registers of a digest: areas, partners, good practice, coined terms, the after-action card, and further records.

To add a register: a file that yields `Sighting` from a `Part`, a line in `reading`, its labels in `ledger`, its words in ``render/words.toml``.
"""

from pipeline.registers.ledger import Ledger
from pipeline.registers.reading import read_post
from pipeline.registers.sighting import NOTED

__all__ = ["NOTED", "Ledger", "read_post"]
