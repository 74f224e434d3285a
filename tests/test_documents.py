"""The documents say what is true: figures are those of the card, links lead somewhere, commands exist."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "corpora/README.md", "corpora/GUIDELINE.md")]


def test_the_readme_gives_the_figures_of_the_card():
    model = (ROOT / "models" / "CURRENT").read_text(encoding="utf-8").strip()
    readers = json.loads((ROOT / "models" / model / "card.json").read_text(encoding="utf-8"))["test"]["readers"]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for reader, scores in readers.items():
        figures = []
        for kind in ("character", "passage"):
            low, high = scores[f"{kind}_interval"]
            figures.append(f"{scores[f'{kind}_f1']:.3f} ({low:.3f}–{high:.3f})")
        assert f"| `{reader}` | {' | '.join(figures)} |" in readme


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_to_a_file(document):
    for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8")):
        assert (document.parent / target).exists(), target


def test_every_target_of_make_that_is_named_exists():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {name for document in DOCUMENTS for name in re.findall(r"`?make ([a-z]+)(?:`|  )", document.read_text(encoding="utf-8"))}
    assert named <= targets
    assert {"setup", "run", "test", "check", "bench", "serve"} <= targets
