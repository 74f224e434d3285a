"""The lines of a text that say something.

Comes in: a text. Goes out: its lines without their ends, those of blanks alone left out. Refuses nothing.
"""

from __future__ import annotations


def full_lines(text: str) -> list[str]:
    r"""Return the lines in which not all is blank.

    >>> full_lines("นัดประชุม\r\n  \nวันศุกร์ ")
    ['นัดประชุม', 'วันศุกร์ ']
    """
    return [line for line in text.replace("\r", "\n").split("\n") if line and not line.isspace()]
