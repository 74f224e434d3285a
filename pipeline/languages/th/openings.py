"""What every hit of a regular expression begins with, so that a text is looked through only once for very many of them.

Comes in: a pattern. Goes out: the literals, cut to `LONGEST` signs, of which every hit begins with one; for a class its signs, as far as they
are ASCII, Thai or common punctuation. Refuses nothing: where a pattern begins with something else, such as a dot, the one opening is the empty
string, and a cue may not have such a pattern.
"""

from __future__ import annotations

import re

LONGEST = 12
_PLAIN = re.compile(r"[^\\^$.|?*+()\[\]{}](?![*{])")
_ESCAPED = re.compile(r"\\([^\w\s])(?![?*{])")
_LOOK_AROUND = re.compile(r"\(\?(?:=|!|<=|<!)")
_CLASS = re.compile(r"\[[^\]^\\]+\](?![?*]|\{0)")
_REPERTOIRE = "".join(chr(code) for block in ((0x20, 0x7F), (0xB7, 0xB8), (0xE00, 0xE60), (0x2010, 0x2030)) for code in range(*block))


def openings(pattern: str) -> frozenset[str]:
    r"""Return the literals of which every hit of a pattern begins with one.

    >>> [sorted(openings(pattern)) for pattern in ("ตกลง(?!มา)(?:กัน|ว่า)", "จะ?ต้อง", "ก|ข", "[0-2]{1,2}", r"(?<!\S)ให้\S{1,9}ไป", ".ก")]
    [['ตกลงกัน', 'ตกลงว่า'], ['จต้อง', 'จะต้อง'], ['ก', 'ข'], ['0', '1', '2'], ['ให้'], ['']]
    """
    if re.escape(pattern) == pattern:
        return frozenset([pattern[:LONGEST]])
    if len(branches(pattern)) == 1 and (found := _CLASS.match(pattern)):
        return frozenset(re.findall(found[0], _REPERTOIRE)) or frozenset([""])
    return frozenset(start[:LONGEST] for branch in branches(pattern) for start in _starts("", branch))


def _starts(start: str, rest: str) -> set[str]:
    """Return the literals that what has been read and the rest of a pattern can begin with."""
    while rest and len(start) < LONGEST:
        if _LOOK_AROUND.match(rest):
            rest = rest[_closing(rest) + 1 :]
        elif rest.startswith("(?:"):
            end = _closing(rest)
            after = rest[end + 1 :]
            if after[:1] in {"*", "+", "{"}:
                break
            choices = branches(rest[3:end]) + [""] * after.startswith("?")
            return {found for choice in choices for found in _starts(start, choice + after.removeprefix("?"))}
        elif escaped := _ESCAPED.match(rest):
            start, rest = start + escaped[1], rest[2:]
        elif not _PLAIN.match(rest):
            break
        elif rest[1:2] == "?":
            return _starts(start + rest[0], rest[2:]) | _starts(start, rest[2:])
        else:
            start, rest = start + rest[0], rest[1:]
    return {start}


def branches(pattern: str) -> list[str]:
    """Return what stands between the bars of a pattern that are in no bracket."""
    found, depth = [""], 0
    for sign in re.findall(r"\\.|\[[^\]]*\]|.", pattern):
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and not depth:
            found.append("")
        else:
            found[-1] += sign
    return found


def _closing(pattern: str) -> int:
    """Return the place of the bracket that closes the one which the pattern begins with."""
    depth = 0
    for found in re.finditer(r"\\.|\[[^\]]*\]|[()]", pattern):
        depth += (found[0] == "(") - (found[0] == ")")
        if not depth and found[0] in "()":
            return found.start()
    message = f"A bracket must be closed. Got {pattern} instead."
    raise ValueError(message)
