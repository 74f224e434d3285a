"""The documents say what is true: figures are those of the card, links lead somewhere, commands, settings and names exist."""

import ast
import json
import re
import shlex
import tomllib
from functools import cache

import pytest

from pipeline.review.keycaps import USUAL, cap
from pipeline.settings import read_settings
from pipeline.sources import FORMATS
from pipeline.sources.marks import strip_marks
from tests.bench.__main__ import _PARTS
from tests.documents import DOCUMENTS, GUIDES, ROOT, anchors, blocks, commands, links, named, parsed, program, shell_lines, spans, text_of

README, THAI = ROOT / "README.md", ROOT / "README.th.md"
TWINS = [(README, THAI), (ROOT / "docs" / "privacy.md", ROOT / "docs" / "privacy.th.md")]
FOLDERS = ("pipeline", "docs", "tests", "corpora", "models", "flows", "examples")
PROGRAMS = {"dask", "export", "lessons", "make", "pip", "podman", "git", "python", "prefect"}
OF_OTHERS = {"--network", "--prefect-file"}  # options of podman and Prefect
MOST_LINES, MOST_BYTES = 150, 1_500_000
SETTINGS = [(path, block) for path in GUIDES if "pipeline" not in path.relative_to(ROOT).parts for block in blocks(path, "toml")]


@pytest.fixture(name="card", scope="module")
def _card():
    model = (ROOT / "models" / "CURRENT").read_text(encoding="utf-8").strip()
    return json.loads((ROOT / "models" / model / "card.json").read_text(encoding="utf-8"))["test"]


@pytest.mark.parametrize("readme", [README, THAI], ids=named)
def test_the_readme_gives_the_figures_of_the_card(readme, card):
    rows = []
    for reader, scores in card["readers"].items():
        figures = []
        for kind in ("character", "passage"):
            low, high = scores[f"{kind}_interval"]
            figures.append(f"{scores[f'{kind}_f1']:.3f} ({low:.3f}–{high:.3f})")
        rows.append(f"| `{reader}` | {' | '.join(figures)} |")
    for field in ("who", "when", "where"):
        found = card["fields"][field]
        rows.append(f"| {found['right'] / found['read']:.2f} | {found['right'] / found['marked']:.2f} |")
    between = " of " if readme == README else " ใน "
    rows += [f"{100 * share:.0f}{between}100" for share in (card["fields"]["state"][0], card["fields"]["voice"])]
    assert [row for row in rows if row not in text_of(readme)] == []


def test_the_card_of_the_current_model_is_found_from_the_readme():
    assert "models/README.md" in links(README)
    current = (ROOT / "models" / "CURRENT").read_text(encoding="utf-8").strip()
    assert f"{current}/card.md" in links(ROOT / "models" / "README.md")


@pytest.mark.parametrize("readme", [README, THAI], ids=named)
def test_the_readme_is_short(readme):
    assert len(text_of(readme).splitlines()) <= MOST_LINES


@pytest.mark.parametrize("readme", [README, THAI], ids=named)
def test_the_readme_names_every_format_of_posts(readme):
    assert [ending for ending in FORMATS if f"`{ending}`" not in text_of(readme)] == []


@pytest.mark.parametrize("twins", TWINS, ids=lambda twins: twins[0].name)
def test_both_languages_tell_the_same(twins):
    for what in (
        lambda path: [len(re.findall(r"^#+ ", text_of(path), re.MULTILINE)), len(re.findall(r"^\|", text_of(path), re.MULTILINE))],
        lambda path: {tuple(words) for words, _ in commands(path)},
        lambda path: [line.split("  ")[0] for line in shell_lines(path)],
        lambda path: sorted(re.findall(r"\d+\.\d+", text_of(path))),
        lambda path: {link for link in links(path) if link.endswith(".png")},
        lambda path: blocks(path, "toml"),
    ):
        assert what(twins[0]) == what(twins[1])


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_link_and_picture_leads_somewhere(document):
    for link in links(document):
        path, _, anchor = link.partition("#")
        target = document.parent / path if path else document
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_every_picture_of_the_guides_is_shown_and_together_they_are_small():
    pictures = set((ROOT / "docs" / "pictures").glob("*.png"))
    shown = {(path.parent / link).resolve() for path in GUIDES for link in links(path) if link.endswith(".png")}
    assert pictures <= shown
    assert sum(path.stat().st_size for path in pictures) < MOST_BYTES


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_no_sentence_runs_into_a_table(document):
    outside = re.sub(r"^```.*?^```", "", text_of(document), flags=re.MULTILINE | re.DOTALL)
    assert re.findall(r"^\|.*\n(?=[^|\s]).*|^[^|\s].*\n(?=\|)", outside, re.MULTILINE) == []


@pytest.mark.parametrize("document", GUIDES, ids=named)
def test_every_path_and_every_name_of_the_code_exists(document):
    for span in spans(document):
        if re.fullmatch(rf"({'|'.join(FOLDERS)})/[\w./*-]+", span):
            assert list(ROOT.glob(span.rstrip("/"))), span
        elif re.fullmatch(r"(pipeline|flows)(\.\w+)+", span):
            assert is_defined(span), span


def is_defined(dotted):
    """Tell whether a module, or a name at the top of one, exists."""
    parts = dotted.split(".")
    for end in range(len(parts), 0, -1):
        stem = ROOT.joinpath(*parts[:end])
        file = stem / "__init__.py" if stem.is_dir() else stem.with_suffix(".py")
        if file.exists():
            return len(parts) == end or (len(parts) == end + 1 and parts[-1] in names_of(file))
    return False


@cache
def names_of(file):
    found = set()
    for node in ast.parse(text_of(file)).body:
        found |= {node.name} if isinstance(node, ast.FunctionDef | ast.ClassDef) else set()
        targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return found


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_the_program_knows_every_command_and_option(document):
    for words, whole in commands(document):
        _, values = parsed(words)
        assert values is not None or not whole, f"lessons {' '.join(words)}: something is left out"


@pytest.mark.parametrize("document", GUIDES, ids=named)
def test_every_other_command_names_what_exists(document):
    targets = set(re.findall(r"^([a-z]+):", text_of(ROOT / "Makefile"), re.MULTILINE))
    lines = shell_lines(document)
    assert {shlex.split(line)[0].removeprefix(".venv/bin/") for line in lines} <= PROGRAMS
    for line in [*lines, *spans(document)]:
        if found := re.match(r"make ([a-z]+)", line):
            assert found[1] in targets, line
        if found := re.search(r"python -m ((?:tests|flows)[\w.]*)", line):
            path = ROOT.joinpath(*found[1].split("."))
            assert path.with_suffix(".py").exists() or (path / "__main__.py").exists(), line
            assert found[1] != "tests.bench" or set(re.findall(r" ([a-z]+)", line.partition(found[1])[2])) <= {*_PARTS}, line
        assert [file for file in re.findall(r"pytest .*?(tests/\S+)", line) if not (ROOT / file).is_file()] == [], line
    assert {"setup", "run", "test", "check", "bench", "serve"} <= targets


@pytest.mark.parametrize("document", GUIDES, ids=named)
def test_every_folder_extra_file_and_variable_of_a_command_exists(document):
    for line in [*shell_lines(document), *spans(document)]:
        words = shlex.split(line) if re.match(r"(\.venv/bin/)?(pip install|python|export) ", line) else []
        for folder, extra in re.findall(r"^([\w./]+)\[(\w+)\]$", "\n".join(words), re.MULTILINE):
            project = tomllib.loads(text_of(ROOT / folder / "pyproject.toml"))["project"]
            assert extra in project["optional-dependencies"], line
        assert [word for word in words if re.fullmatch(r"(examples|tests)/[\w./]+|[\w-]+\.txt", word) and not (ROOT / word).exists()] == [], line
        assert [name for name in re.findall(r"\b((?:LESSONS|NEAREST|PREFECT)_\w+)=", line) if name not in sources()] == [], line


@pytest.mark.parametrize("document", GUIDES, ids=named)
def test_every_option_and_every_variable_that_is_named_exists(document):
    for span in spans(document):
        if found := re.fullmatch(r"(--[a-z-]+)( .*)?", span):
            assert found[1] in options() | OF_OTHERS or f'"{found[1]}"' in sources(), span
        elif found := re.fullmatch(r"([A-Z]+(?:_[A-Z]+)+)(=.*)?", span):
            assert found[1] in sources(), span


@cache
def options():
    """Return every option of the program, of all commands."""
    found, waiting = set(), [program()]
    while waiting:
        command = waiting.pop()
        waiting += getattr(command, "commands", {}).values()
        found |= {option for parameter in command.params for option in parameter.opts}
    return found


@cache
def sources():
    """Return the words of our own programs."""
    return "".join(text_of(path) for folder in ("pipeline", "flows", "tests", "examples") for path in sorted((ROOT / folder).rglob("*.py")))


def test_the_guide_of_reviewers_tells_every_key():
    told = re.findall(r"^\| (`.+?) \|", text_of(ROOT / "docs" / "review.th.md"), re.MULTILINE)
    assert {cap(code).removeprefix("⇧ ") for code in USUAL.values()} <= set(re.findall(r"`([^`]+)`", " ".join(told)))


@pytest.mark.parametrize("guide", ["facilitators.th.md", "review.th.md"])
def test_what_a_guide_of_the_screens_has_in_bold_stands_on_them(guide):
    screens = "\n".join(text_of(ROOT / "pipeline" / file) for file in ("render/words.toml", "review/words.toml", "labels.toml"))
    prose = re.sub(r"^- \*\*.+?\*\*", "", text_of(ROOT / "docs" / guide), flags=re.MULTILINE)  # what opens an item is its heading
    named_there = re.findall(r"\*\*(.+?)\*\*", prose)
    assert len(named_there) > 9
    assert [term for term in named_there if not re.search(re.sub(r"…|\d+", ".+?", term), screens)] == []


def test_the_guide_of_facilitators_tells_every_part_of_a_digest():
    words = tomllib.loads(text_of(ROOT / "pipeline" / "render" / "words.toml"))["th"]
    page = "".join(text_of(ROOT / "pipeline" / "render" / "templates" / f"{name}.html") for name in ("first", "charts", "last", "digest"))
    parts = {words[key] for key in re.findall(r'<h2>\{\{ word\("(\w+)"\)', page)}
    assert len(parts) == page.count("<h2>{{ word(")
    assert [part for part in parts if part not in text_of(ROOT / "docs" / "facilitators.th.md")] == []


@pytest.mark.parametrize(("path", "block"), SETTINGS, ids=[f"{path.name}-{number}" for number, (path, _) in enumerate(SETTINGS)])
def test_the_program_reads_every_block_of_settings(path, block, tmp_path):
    (tmp_path / "mail-password").write_text("of a test", encoding="utf-8")
    (tmp_path / "mail-password").chmod(0o600)
    (tmp_path / "lessons.toml").write_text(block, encoding="utf-8")
    read_settings(tmp_path / "lessons.toml")


def test_every_mark_that_a_document_shows_is_read():
    shown = {(named(path), mark) for path in GUIDES for mark in re.findall(r"⟦[^⟦⟧\n]+⟧", text_of(path).replace("\\|", "|")) if "A …|" not in mark}
    assert shown
    assert [mark for path, mark in shown if len(strip_marks(mark, path)[1]) != 1] == []


def test_every_example_in_python_runs(monkeypatch):
    monkeypatch.chdir(ROOT)
    lines = {found[1] for path in GUIDES for line in [*shell_lines(path), *spans(path)] if (found := re.fullmatch(r"python -c '(.*)'", line))}
    assert lines
    for example in {block for path in GUIDES for block in blocks(path, "python")} | lines:
        exec(compile(example, "example", "exec"), {})  # noqa: S102 - an example of our own documents
