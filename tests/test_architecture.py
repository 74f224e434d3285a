"""Who may lean on whom: the table of the house, read from the imports of the code. Nothing here imports the product."""

import ast
import json
import re
import subprocess
import sys
from dataclasses import dataclass
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MOST_LINES_OF_A_FILE = 300
MOST_LINES_OF_A_FUNCTION = 40

WORDS = {"labelled", "charts", "notes", "followed", "remembered", "cuts", "outgoing", "actions", "remarks", "records", "labels", "errors", "assets"}
WORDS |= {"corrections", "forgotten", "reviewers", "subscribed"}
TOOLS = {"settings", "text", "languages", "masks", "folding", "anchoring"}
TRADES = {"collecting", "sources", "nlp", "phases", "events", "threads", "registers", "digest", "render", "privacy", "store", "mail"}
TRADES |= {"correcting", "exchange", "links"}
DESK = {"desk"}  # what the run and the review app do alike with store and corrections
LEARNING = {"train", "evaluate"}
WIRING = {"jobs", "review"}
ENTRY = {"cli", "flows"}
UNITS = WORDS | TOOLS | TRADES | LEARNING | DESK | WIRING | ENTRY

MAY_IMPORT = {
    **dict.fromkeys(WORDS, frozenset()),
    "records": {"actions", "charts", "cuts", "notes", "remarks", "remembered"},
    **dict.fromkeys(TOOLS, WORDS),
    "text": WORDS | {"languages"},  # the repairs are those of a language
    "anchoring": WORDS | {"languages", "folding"},
    **dict.fromkeys(TRADES, TOOLS | WORDS),  # never each other
    "desk": {"store", "correcting", "threads"} | TOOLS | WORDS,
    "evaluate": {"nlp"} | TOOLS | WORDS,
    "train": {"nlp", "evaluate", "threads"} | TOOLS | WORDS,
    "jobs": DESK | LEARNING | TRADES | TOOLS | WORDS,
    "review": (DESK | LEARNING | TRADES | TOOLS | WORDS) - {"nlp", "train", "mail"},
    "flows": {"jobs", "settings"} | WORDS,  # the entry layer speaks the words of the house, and goes through the jobs for all else
    "cli": {"jobs", "settings", "review", "flows"} | WORDS,
    "pipeline": {"jobs"},  # what the package itself offers to notebooks
}
FREE_FOR_ALL = "pipeline.records"
READ_BY_RULES = {"nlp", "threads", "registers", "events", "privacy"}  # whose rules are Thai themselves; all others ask `pipeline.languages`
NEVER_IMPORTED = {"corpora", "models", "tests"}

OWNERS = {  # every package from outside has its owners: a new one needs a line here
    "alembic": ("pipeline.store",),
    "argon2": ("pipeline.review.passwords",),
    "distributed": ("flows.cluster",),
    "docx": ("pipeline.render",),
    "httpcore": ("pipeline.collecting",),
    "httpx": ("flows.telling",),
    "icalendar": ("pipeline.render",),
    "itsdangerous": ("pipeline.links",),
    "jinja2": ("pipeline.render", "pipeline.review"),
    "lxml": ("pipeline.sources",),
    "markupsafe": ("pipeline.render", "pipeline.review"),
    "matplotlib": ("pipeline.train.plots",),
    "nlpo3": ("pipeline.languages.th",),
    "numpy": (
        "pipeline.languages.th.cues",
        "pipeline.languages.th.opening_tree",
        "pipeline.languages.th.spelling",
        "pipeline.nlp",
        "pipeline.train",
        "pipeline.evaluate",
        "pipeline.threads",
    ),
    "onnxruntime": ("pipeline.nlp.tagger", "pipeline.train.export"),
    "prefect": ("flows",),
    "prefect_dask": ("flows.cluster",),
    "protego": ("pipeline.collecting",),
    "pydantic": ("pipeline.settings", "pipeline.review.forms"),
    "pydantic_core": ("pipeline.settings",),
    "pythainlp": ("pipeline.languages.th",),
    "rich": ("pipeline.cli",),
    "scipy": ("pipeline.nlp", "pipeline.train", "pipeline.evaluate", "pipeline.threads"),
    "sklearn": ("pipeline.nlp", "pipeline.train", "pipeline.evaluate", "pipeline.threads"),
    "spacy": (
        "pipeline.nlp",
        "pipeline.exchange.docbin",
        "pipeline.train",
        "pipeline.evaluate.marked",
        "pipeline.jobs.analyse",
    ),  # the last two only name the type of a Doc
    "sqlalchemy": ("pipeline.store",),
    "srsly": ("pipeline.nlp",),
    "starlette": ("pipeline.review", "pipeline.mail.page", "pipeline.jobs.mail.desk"),  # the last one only names the type of an application
    "threadpoolctl": ("pipeline.train.team",),
    "torch": ("pipeline.train",),
    "trafilatura": ("pipeline.sources.extractor",),
    "typer": ("pipeline.cli",),
    "uvicorn": ("pipeline.jobs.mail.desk", "pipeline.review.serving"),
    "xlsxwriter": ("pipeline.render",),
}
INSIDE_FUNCTIONS = {  # outside the command line, which must start fast
    ("pipeline", "pipeline"): "every part of the product is imported through this package, which must load nothing heavy",
    ("flows.cluster", "distributed"): "an extra that few installations have",
    ("flows.cluster", "prefect_dask"): "an extra that few installations have",
    ("pipeline.languages.th.tokens", "nlpo3"): "it has no wheel for every platform, and pythainlp steps in",
    ("pipeline.languages.th.tokens", "pythainlp"): "its own tokenizer is only needed where nlpo3 has no wheel",
    ("pipeline.nlp.tagger", "onnxruntime"): "the smaller readers run without a network",
    ("pipeline.sources.extractor", "trafilatura"): "pages of the known blogs are read without it",
    ("pipeline.train.model", "pipeline"): "the tagger's training needs torch, which not every installation has",
    ("pipeline.train.plots", "matplotlib"): "the card does without plots where it is not installed",
    ("pipeline.train.pretrained", "pipeline"): "making the layers needs torch, which not every installation has",
    ("pipeline.train.pretrained", "torch"): "making the layers needs torch, which not every installation has",
    ("pipeline.jobs.learning.pretrain", "pipeline"): "pretraining needs torch, which not every installation has",
    ("pipeline.store.opening", "alembic"): "a database that is up to date needs no migration",
}
SLOW_TO_LOAD = ("httpcore", "lxml", "trafilatura", "spacy", "sklearn", "prefect", "sqlalchemy", "jinja2", "docx", "icalendar", "xlsxwriter")
SLOW_TO_LOAD += ("starlette", "uvicorn", "argon2")


@dataclass(frozen=True)
class Import:
    """One import: by which module, of which module, and whether inside a function."""

    by: str
    of: str
    line: int
    inside: bool

    def __str__(self):
        return f"{self.by}, line {self.line}: {self.of}"


@lru_cache(maxsize=1)
def modules():
    """Return the file of every module of the product, by its dotted name."""
    found = {}
    for folder in ("pipeline", "flows"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            parts = file.relative_to(ROOT).with_suffix("").parts
            if "_assets" not in parts:
                found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = file
    return found


@lru_cache(maxsize=1)
def trees():
    return {name: ast.parse(file.read_text(encoding="utf-8")) for name, file in modules().items()}


def walked(tree):
    """Yield every statement and what it holds, each once, and whether it stands in a function."""
    left = [(tree, False)]
    while left:
        node, inside = left.pop()
        yield node, inside
        inside = inside or is_function(node)
        left += [(child, inside) for child in ast.iter_child_nodes(node) if not isinstance(child, ast.expr)]


def imports_in(module, tree, known, *, package):
    """Return every import of a module; `from x import y` is an import of x.y where that is a module."""
    found = []
    for node, inside in walked(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            origin = node.module or ""
            if node.level:
                above = module.split(".")
                above = above[: len(above) - node.level + package]
                origin = ".".join([*above, *([origin] if origin else [])])
            names = [longer if (longer := f"{origin}.{alias.name}") in known else origin for alias in node.names]
        else:
            continue
        found += [Import(module, name, node.lineno, inside) for name in dict.fromkeys(names)]
    return found


@lru_cache(maxsize=1)
def imports():
    return [
        found for module, tree in trees().items() for found in imports_in(module, tree, modules(), package=modules()[module].name == "__init__.py")
    ]


def is_function(node):
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)


def is_ours(name):
    return name.partition(".")[0] in {"pipeline", "flows"}


def unit_of(module):
    """Return the line of the table that a module stands in."""
    first, *rest = module.split(".")
    return "flows" if first == "flows" else rest[0] if rest else "pipeline"


def under(module, owner):
    return module == owner or module.startswith(f"{owner}.")


def breaks_a_layer(found):
    if not is_ours(found.of):
        return found.of.partition(".")[0] in NEVER_IMPORTED
    by, of = unit_of(found.by), unit_of(found.of)
    if by == of or found.of == FREE_FOR_ALL:
        return False
    if by == "cli" and of == "flows" and not found.inside:
        return True
    return of not in MAY_IMPORT.get(by, set())


def names_a_language(found):
    return found.of.startswith("pipeline.languages.") and unit_of(found.by) not in {"languages", *READ_BY_RULES}


def breaks_an_owner(found):
    package = found.of.partition(".")[0]
    if is_ours(found.of) or package in sys.stdlib_module_names or package in NEVER_IMPORTED:
        return False
    return not any(under(found.by, owner) for owner in OWNERS.get(package, ()))


def breaks_the_top(found):
    package = found.of.partition(".")[0]
    return found.inside and not under(found.by, "pipeline.cli") and (found.by, package) not in INSIDE_FUNCTIONS


def lines_of(node):
    """Return how many lines a function has, its docstring not counted."""
    first = node.body[0]
    told = first.end_lineno - first.lineno + 1 if ast.get_docstring(node, clean=False) is not None else 0
    return node.end_lineno - node.lineno + 1 - told


def first_cycle(edges):
    graph = {}
    for found in edges:
        if found.by != found.of:
            graph.setdefault(found.by, set()).add(found.of)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return error.args[1]
    return None


def test_every_module_stands_in_the_table():
    assert modules()
    assert {unit_of(module) for module in modules()} <= UNITS | {"pipeline"}


def test_no_layer_leans_on_one_that_it_may_not():
    assert [str(found) for found in imports() if breaks_a_layer(found)] == []


def test_the_guide_draws_the_same_arrows():
    [drawn] = re.findall(r"^```mermaid\n(.*?)^```", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    boxes = {name: set(parts.split(", ")) for name, parts in re.findall(r'(\w+)\["(.+?)"\]', drawn)} | {"desk": DESK}
    assert boxes == {"entry": ENTRY, "wiring": WIRING, "desk": DESK, "learning": LEARNING, "trades": TRADES, "tools": TOOLS, "words": WORDS}
    plain = re.sub(r'\["[^"]+"\]', "", drawn)
    below = {by: set() for by in boxes}
    for by, many in re.findall(r"^ +(\w+) --> (.+)$", plain, re.MULTILINE):
        below[by] |= set(many.split(" & "))
    for by in TopologicalSorter(below).static_order():  # the lower ones first
        below[by] |= {lower for one in below[by] for lower in below[one]}
    box = {unit: name for name, units in boxes.items() for unit in units}
    leans = {(box[by], box[of]) for by, units in MAY_IMPORT.items() if by in box for of in units}
    assert {(by, of) for by, of in leans if of not in below[by] | {by}} == set()


def test_only_who_reads_by_rules_names_a_language():
    assert [str(found) for found in imports() if names_a_language(found)] == []
    assert {unit_of(found.by) for found in imports() if found.of.startswith("pipeline.languages.")} == {"languages", *READ_BY_RULES}


def test_every_package_stays_with_its_owners():
    assert [str(found) for found in imports() if breaks_an_owner(found)] == []


def test_imports_stand_at_the_top():
    assert [str(found) for found in imports() if breaks_the_top(found)] == []


def test_every_import_inside_a_function_that_is_allowed_is_there():
    there = {(found.by, found.of.partition(".")[0]) for found in imports() if found.inside}
    assert set(INSIDE_FUNCTIONS) <= there


def test_no_module_leads_back_to_itself():
    assert first_cycle([found for found in imports() if is_ours(found.of)]) is None


def test_every_file_opens_with_a_docstring():
    assert [module for module, tree in trees().items() if not ast.get_docstring(tree)] == []


def test_no_file_is_too_long():
    lengths = {module: len(file.read_text(encoding="utf-8").splitlines()) for module, file in modules().items()}
    assert {module: lines for module, lines in lengths.items() if lines > MOST_LINES_OF_A_FILE} == {}


def test_no_function_is_too_long():
    lengths = {
        f"{module}, line {node.lineno}: {node.name}": lines_of(node)
        for module, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {place: lines for place, lines in lengths.items() if lines > MOST_LINES_OF_A_FUNCTION} == {}


@pytest.mark.skipif(not {"pipeline.cli", "pipeline.cli.main"} & set(modules()), reason="the command line is not written yet")
def test_help_loads_nothing_slow():
    program = (
        "import json, sys\n"
        "from pipeline.cli import main\n"
        "sys.argv = ['lessons', '--help']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print(json.dumps([name for name in {SLOW_TO_LOAD!r} if name in sys.modules]), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True, timeout=60)
    assert "run" in done.stdout
    assert json.loads(done.stderr.splitlines()[-1]) == []


@pytest.mark.parametrize(
    ("by", "source", "rule"),
    [
        ("pipeline.sources.html", "from pipeline.nlp import cues", breaks_a_layer),
        ("pipeline.sources.html", "from pipeline import nlp", breaks_a_layer),
        ("pipeline.sources.html", "from ..nlp import cues", breaks_a_layer),
        ("pipeline.labels", "from pipeline.text import clean", breaks_a_layer),
        ("pipeline.languages.th.dates", "from pipeline.settings import Settings", breaks_a_layer),
        ("pipeline.train.model", "import pipeline.store", breaks_a_layer),
        ("pipeline.evaluate.scores", "import pipeline.train.model", breaks_a_layer),
        ("pipeline.nlp.cues", "if TYPE_CHECKING:\n    from pipeline.digest import group", breaks_a_layer),
        ("pipeline.review.queue", "from pipeline.mail import send", breaks_a_layer),
        ("pipeline.jobs", "def run():\n    import flows", breaks_a_layer),
        ("pipeline.cli", "import flows", breaks_a_layer),
        ("pipeline.cli", "def serve():\n    import pipeline.store", breaks_a_layer),
        ("flows.nightly", "from pipeline.digest import group", breaks_a_layer),
        ("pipeline.jobs", "import corpora", breaks_a_layer),
        ("pipeline.digest.alike", "from pipeline.languages.th.tokens import words_of", names_a_language),
        ("pipeline.digest.groups", "import spacy.tokens", breaks_an_owner),
        ("pipeline.digest.groups", "import srsly", breaks_an_owner),
        ("pipeline.jobs", "from prefect import task", breaks_an_owner),
        ("pipeline.mail", "import requests", breaks_an_owner),
        ("pipeline.nlp.gaps", "def cut():\n    from bisect import bisect", breaks_the_top),
        ("pipeline.store.rows", "async def put():\n    import alembic", breaks_the_top),
    ],
)
def test_what_breaks_a_rule_is_found(by, source, rule):
    [found] = imports_in(by, ast.parse(source), {*modules(), "pipeline.digest.groups"}, package=False)
    assert rule(found)


@pytest.mark.parametrize(
    ("by", "source"),
    [
        ("pipeline.sources.html", "from pipeline.sources import lines"),
        ("pipeline.train.model", "from pipeline.evaluate.scores import score"),
        ("pipeline.review.queue", "from pipeline.store import Store"),
        ("pipeline.cli", "def serve():\n    import flows"),
        ("pipeline.cli", "from pipeline.records import Note"),
        ("pipeline.cli", "from pipeline.assets import asset"),
        ("flows.schedules", "from pipeline.labels import label_set"),
        ("flows.nightly", "import prefect"),
        ("pipeline.nlp.classifier", "import srsly"),
    ],
)
def test_what_the_table_allows_passes(by, source):
    [found] = imports_in(by, ast.parse(source), modules(), package=False)
    assert not breaks_a_layer(found)
    assert not breaks_an_owner(found)
    assert not breaks_the_top(found)


def test_a_cycle_is_found_and_a_docstring_is_not_counted():
    one, other = Import("pipeline.a", "pipeline.b", 1, inside=False), Import("pipeline.b", "pipeline.a", 1, inside=False)
    assert first_cycle([one]) is None
    assert set(first_cycle([one, other])) == {"pipeline.a", "pipeline.b"}
    assert lines_of(ast.parse('def cut():\n    """Cut.\n\n    Long.\n    """\n    return 1\n').body[0]) == 2
