"""What the documents hold that can be checked: their links, blocks, commands and names.

Comes in: the documents of this repository. Goes out: plain lists. Refuses nothing.
"""

from __future__ import annotations

import re
import shlex
import unicodedata
from functools import cache
from pathlib import Path

import typer

from pipeline.cli.commands import app

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted(
    path
    for pattern in ("*.md", "docs/**/*.md", "corpora/**/*.md", "models/**/*.md", "pipeline/**/*.md", "examples/**/*.md")
    for path in ROOT.glob(pattern)
)
GUIDES = [path for path in DOCUMENTS if path.name != "CHANGELOG.md" and path.parent.name != "decisions"]  # those that tell of today
NUMBERS = {"N": "2", "HOURS": "30", "NUMBER": "7"}


def named(path):
    return path.relative_to(ROOT).as_posix()


def text_of(path):
    return path.read_text(encoding="utf-8")


def links(path):
    """Return where the links and pictures of a document lead, but for other machines."""
    return [target for target in re.findall(r"\]\(([^)\s]+)\)", text_of(path)) if "://" not in target]


def anchors(path):
    """Return the names of a document's headings as a browser finds them."""
    heads = re.findall(r"^#+ (.+)$", re.sub(r"^```.*?^```", "", text_of(path), flags=re.MULTILINE | re.DOTALL), re.MULTILINE)
    kept = ("".join(sign for sign in head.lower() if sign.isalnum() or unicodedata.category(sign)[0] == "M" or sign in "-_ ") for head in heads)
    return {head.replace(" ", "-") for head in kept}


def blocks(path, language):
    """Return the blocks of a document in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", text_of(path), re.MULTILINE | re.DOTALL)


def spans(path):
    """Return what stands between single backticks."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text_of(path), flags=re.MULTILINE | re.DOTALL))


def shell_lines(path):
    """Return the command lines of a document's blocks, without what explains them."""
    lines = [re.sub(r"\s+# .*", "", line).strip() for block in blocks(path, "sh") for line in block.splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


def command_spans(path):
    """Return what stands between single backticks and reads as a command line with its words: a program in small letters, variables before it."""
    lines = (span for span in spans(path) if re.match(r"([A-Z_]+=\S+ )*(\.venv/bin/)?[a-z][\w.-]* [^\s=]", span))
    return [line for line in lines if not line.startswith("from ")]


def fences(path):
    """Return the languages of a document's blocks."""
    return re.findall(r"^```(\w*)\n.*?^```", text_of(path), re.MULTILINE | re.DOTALL)


def commands(path):
    """Return every command of the program in a document, and whether it stands alone in a block and so must be whole."""
    found = [(line, True) for line in [*shell_lines(path), *_started(path)]]
    found += [(" ".join(span.replace(" | ", "|").split()), False) for span in spans(path)]
    for written, whole in found:
        line = written.removeprefix(".venv/bin/")
        if line.startswith("lessons ") and "<" not in line:
            yield from ((one, whole) for one in _each(shlex.split(line)[1:]))


def _started(path):
    """Return the commands that a service or a container of a document's blocks starts."""
    lines = [*blocks(path, "ini"), *shell_lines(path)]
    found = [re.findall(r"^ExecStart=\S*/(lessons .*)$|^podman run .* thai-(lessons .*)$", line, re.MULTILINE) for line in lines]
    return [service or container for each in found for service, container in each]


def _each(words):
    """Return the commands that a word such as add|list stands for."""
    place = next((place for place, word in enumerate(words) if "|" in word), None)
    if place is None:
        return [words]
    return [[*words[:place], one, *words[place + 1 :]] for one in words[place].split("|")]


@cache
def program():
    return typer.main.get_command(app)


def parsed(words):
    """Return the command that is meant and its values, as the program reads them; None for the values where some are left out.

    What the program does not know ends in its own error.
    """
    command, rest = program(), [NUMBERS.get(word, word) for word in words]
    path = []
    while rest and (below := getattr(command, "commands", {})):
        assert rest[0] in below or rest[0].startswith("-"), f"lessons {' '.join(words)}: there is no command {rest[0]}"
        if rest[0].startswith("-"):
            break
        path.append(rest.pop(0))
        command = below[path[-1]]
    if "--help" in rest or hasattr(command, "commands"):
        return path, None
    try:
        with command.make_context(path[-1], rest) as context:
            return path, context.params
    except typer.BadParameter as wrong:
        if type(wrong).__name__ != "MissingParameter":
            raise
        return path, None
