"""How soon the command line answers, and that its help loads none of the heavy packages.

Comes in: the installed command. Goes out: seconds and counts of modules. Refuses nothing.
"""

from __future__ import annotations

import subprocess
import sys
from functools import partial

from tests.bench.table import rounds, row, section
from tests.bench.texts import ROOT, SAMPLES

_ROUNDS = 5
_HEAVY = ("spacy", "sklearn", "prefect")
_MAIN = "import sys; from pipeline.cli import main; main()"
_COUNT = f"""
import sys
from pipeline.cli import main
try:
    main()
finally:
    print(*(sum(name.split(".")[0] == heavy for name in sys.modules) for heavy in {_HEAVY!r}), file=sys.stderr)
"""


def bench(scale: float) -> None:
    """Print the seconds of both commands, and how many modules of each heavy package the help loads."""
    sample = min(SAMPLES.glob("*.txt"))
    commands = {"lessons --help": ["--help"], f"lessons look {sample.name}": ["look", str(sample)]}
    seconds = rounds({name: partial(_run, _MAIN, arguments) for name, arguments in commands.items()}, max(2, int(_ROUNDS * scale)))
    section("3 start-up: seconds")
    for name, taken in seconds.items():
        row(name, taken)
    for heavy, modules in zip(_HEAVY, _run(_COUNT, ["--help"]).stderr.split()[-len(_HEAVY) :], strict=True):
        row(f"modules of {heavy} that the help loads", [int(modules)], target="0", form=".0f")


def _run(program: str, arguments: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", program, *arguments], cwd=ROOT, check=True, capture_output=True, text=True)
