"""What an installation holds: every data file that the code asks for, every licence, and no package without a purpose.

The list is read from `pyproject.toml`, without network; `-m slow` builds the wheel and works with it in a fresh environment, and goes in a
fresh clone through the blocks of the documents that install.
"""

import ast
import os
import re
import shutil
import signal
import subprocess
import sys
import tomllib
import venv
import zipfile
from contextlib import suppress
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.documents import blocks
from tests.others import done, needs
from tests.test_architecture import OWNERS, trees

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
OPERATIONS, NEAREST = ROOT / "docs" / "operations.md", ROOT / "examples" / "nearest" / "README.md"
WHEEL = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
VENDORED = ("*.woff", "*.woff2", "*.ttf", "*.otf", "*.min.js", "*.min.css")
LICENCES = ("LICENSE*", "*.LICENSE", "OFL*", "COPYING*", "NOTICE*")
# imported under another name, or not at all by our code
DISTRIBUTION_OF = {"argon2": "argon2-cffi", "docx": "python-docx", "sklearn": "scikit-learn"}
NOT_IMPORTED = {
    "fastapi": "Prefect's, bounded for it",
    "lxml-html-clean": "trafilatura asks for it",
    "python-multipart": "Starlette's forms ask for it",
    "tzdata": "read by the standard library",
}


def tracked(*folders):
    listed = subprocess.run(["git", "ls-files", "-z", *folders], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    if listed.returncode:
        pytest.skip("this is no clone of the repository")
    return [name for name in listed.stdout.split("\0") if name]


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def named_in(requirements):
    return {normal(re.match(r"[\w.-]+", line).group()) for line in requirements}


def asked_assets():
    """Return every name of a data file that the code asks for."""
    calls = [node for tree in trees().values() for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {
        node.args[0].value for node in calls if isinstance(node.func, ast.Name) and node.func.id == "asset" and isinstance(node.args[0], ast.Constant)
    }


def test_every_data_file_that_the_code_asks_for_is_in_the_wheel():
    packed = {*WHEEL["packages"], *WHEEL["force-include"]}
    assert asked_assets() > {"models", "corpora/samples"}
    assert [name for name in asked_assets() if not any(Path(name).is_relative_to(place) for place in packed)] == []
    assert [place for place in packed if not (ROOT / place).exists()] == []
    assert all(there == f"pipeline/_assets/{place}" for place, there in WHEEL["force-include"].items())


def test_no_file_of_the_packages_is_left_out_because_it_is_ignored():
    ignored = subprocess.run(
        ["git", "ls-files", "-i", "-c", "--exclude-standard"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    ).stdout.splitlines()
    assert ignored == []


def test_every_vendored_file_stands_in_the_list_of_licences_with_its_text():
    listed = (ROOT / "LICENSES.md").read_text(encoding="utf-8")
    patterns = re.findall(r"^\| `([^`]+)`", listed, re.MULTILINE)
    files = tracked()
    vendored = [name for name in files if any(fnmatch(Path(name).name, pattern) for pattern in VENDORED)]
    assert vendored
    assert [name for name in vendored if not any(fnmatch(name, pattern) for pattern in patterns)] == []
    texts = [name for name in files if any(fnmatch(Path(name).name, pattern) for pattern in LICENCES) and name != "LICENSES.md"]
    assert [name for name in texts if f"]({name})" not in listed] == []
    assert [pattern for pattern in patterns if not list(ROOT.glob(pattern.rstrip("/")))] == []


def test_every_licence_that_ships_is_named_in_the_metadata():
    listed = (ROOT / "LICENSES.md").read_text(encoding="utf-8")
    shipped = [row for row in listed.splitlines() if row.startswith("| `") and not row.startswith("| `tests/") and "each row" not in row]
    licences = {row.split(" | ")[2].strip() for row in shipped}
    assert licences == set(PROJECT["project"]["license"].split(" AND "))
    texts = {name for row in shipped for name in re.findall(r"\]\(([^)]+)\)", row)}
    assert texts | {"LICENSES.md"} == set(PROJECT["project"]["license-files"])


def test_every_package_that_is_installed_has_its_purpose_and_its_exact_version():
    extras = PROJECT["project"]["optional-dependencies"]
    asked = named_in([*PROJECT["project"]["dependencies"], *(line for lines in extras.values() for line in lines)])
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = contributing.partition("## Dependencies")[2]
    told = {normal(name) for row in re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE) for name in re.findall(r"[\w-]+", re.sub(r"\(.*?\)", "", row))}
    assert sorted(asked - told) == []
    pinned = {normal(line.partition("==")[0]) for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()}
    assert sorted(asked - pinned) == []


def test_no_package_is_asked_for_twice_or_in_vain():
    lines = [normal(re.match(r"[\w.-]+", line).group()) for line in PROJECT["project"]["dependencies"]]
    assert sorted({name for name in lines if lines.count(name) > 1}) == []
    imported = {normal(DISTRIBUTION_OF.get(name, name)) for name in OWNERS}
    unused = set(lines) - imported - set(NOT_IMPORTED)
    assert sorted(unused) == []


def test_what_our_code_imports_is_asked_for():
    extras = PROJECT["project"]["optional-dependencies"]
    asked = named_in([*PROJECT["project"]["dependencies"], *extras["train"], *extras["dask"]])
    through = {"markupsafe": "jinja2", "pydantic-core": "pydantic"}
    imported = {normal(DISTRIBUTION_OF.get(name, name)) for name in OWNERS}
    assert sorted(imported - asked - set(through)) == []


@pytest.mark.slow
def test_the_wheel_works_in_a_fresh_environment(tmp_path):
    def run(*command, **how):
        return subprocess.run([str(part) for part in command], check=True, encoding="utf-8", capture_output=True, cwd=tmp_path, **how).stdout

    run(sys.executable, "-m", "pip", "wheel", "--no-deps", "--wheel-dir", tmp_path, ROOT)
    [wheel] = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
    inside = [
        name if name.startswith(("pipeline/", "flows/")) else f"pipeline/_assets/{name}" for name in tracked(*WHEEL["packages"], "models", "corpora")
    ]
    assert [name for name in [*inside, "pipeline/_assets/prefect.yaml", "pipeline/_assets/lessons.toml"] if name not in names] == []
    venv.create(tmp_path / "venv", with_pip=True)
    scripts = tmp_path / "venv" / "bin"
    run(scripts / "python", "-m", "pip", "install", "--quiet", "--constraint", ROOT / "constraints.txt", wheel)
    around = {"PATH": str(scripts), "HOME": str(tmp_path), "LESSONS_LANG": "th", "LANG": "C.UTF-8"}
    assert "เปิดอ่าน: out/index.html" in run(scripts / "lessons", "init", "posts", "--samples", "--yes", env=around)
    assert (tmp_path / "out" / "all" / "digest.docx").stat().st_size
    assert "พร้อมใช้งาน" in run(scripts / "lessons", "doctor", env=around)
    assert run(scripts / "lessons", "--version", env=around) == f"thai-lessons {PROJECT['project']['version']}\n"


@pytest.fixture
def clone(tmp_path):
    """Return a clone of the last commit, beside a folder of posts."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is no clone of the repository")
    done(needs("git"), "clone", "--quiet", ROOT, tmp_path / "clone")
    (tmp_path / "posts").mkdir()
    for sample in sorted((ROOT / "corpora" / "samples").glob("0[12]*.txt")):
        shutil.copy(sample, tmp_path / "posts")
    return tmp_path / "clone"


class Typist:
    """Gives the blocks of the documents to a shell in the folder of a clone, with names of this machine in the place of those of the documents."""

    def __init__(self, clone, names):
        self.clone, self.names = clone, names
        plain = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "LESSONS_", "PYTHONPATH", "VIRTUAL_ENV"))}
        around = {"PATH": f"{clone}/.venv/bin:{plain['PATH']}", "LESSONS_LANG": "en"}
        self.environment = plain | around | {"PREFECT_HOME": str(clone.parent / "prefect"), "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}

    def give(self, block, **variables):
        """Run a block to its end, with an empty line for each question; what serves goes on beside until then."""
        for name, here in self.names.items():
            block = block.replace(name, here)
        waits = f"python -c 'from distributed import Client; Client(\"{self.names['tcp://10.0.0.5:8786']}\").wait_for_workers(2, 120)'"
        script = re.sub(r"^(dask .*)$", r"\1 &", block, flags=re.MULTILINE)
        script = re.sub(r"^(dask worker .*)$", rf"\1\n{waits}", script, flags=re.MULTILINE)
        log, asked = self.clone.parent / "log", self.clone.parent / "answers"
        asked.write_text("\n" * 20, encoding="utf-8")
        with log.open("wb") as said, asked.open("rb") as answers:
            how = {"cwd": self.clone, "env": self.environment | variables, "stdin": answers, "stdout": said, "stderr": said}
            shell = subprocess.Popen(["sh", "-euc", script], start_new_session=True, **how)
            try:
                status = shell.wait(timeout=1800)
            finally:
                with suppress(ProcessLookupError):
                    os.killpg(shell.pid, signal.SIGKILL)
        assert status == 0, f"{script}\n{log.read_text(encoding='utf-8')[-3000:]}"
        return log.read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_blocks_of_the_documents_run_in_a_fresh_clone(clone, postgres):
    from flows.server import _free_port

    here, port = clone.parent, _free_port()
    cluster = f"tcp://127.0.0.1:{port}"
    names = {
        "--host 10.0.0.5": f"--host 127.0.0.1 --port {port}",
        "tcp://10.0.0.5:8786": cluster,
        "=OUT": f"={here}/OUT",
        "POSTS": str(here / "posts"),
        "postgresql://USER@HOST/NAME": postgres.fresh(),
    }
    typist = Typist(clone, names)
    first, own, _ = blocks(ROOT / "README.md", "sh")
    typist.give(first.partition("make test")[0])
    assert (clone / "out" / "index.html").is_file()
    typist.give(own)
    assert (clone / "digests" / "index.html").is_file()
    (here / "posts" / "lessons.toml").unlink()  # the guide of operators begins anew
    installing, night, on_server, on_machines = (
        next(block for block in blocks(OPERATIONS, "sh") if told in block) for told in ("doctor", "init", "[postgres]", "[dask]")
    )
    typist.give(installing)
    typist.give(night)
    set_there = {"LESSONS_CONFIG": str(here / "posts" / "lessons.toml")}
    typist.give(on_server, **set_there, LESSONS_OUT=str(here / "out-2"))
    typist.give(on_machines, **set_there, LESSONS_OUT=str(here / "out-3"))
    pages = [(folder / "all" / "digest.html").read_bytes() for folder in (here / "OUT", here / "out-2", here / "out-3")]
    assert pages[0] == pages[1] == pages[2]
    [told] = re.findall(r"^export NEAREST_MODEL=(\S+)$", typist.give(f"python - <<'END'\n{blocks(NEAREST, 'python')[0]}END\n"), re.MULTILINE)
    typist.names |= {"FOLDER": told, "FILE": str(next((here / "posts").glob("*.txt")))}
    for block in blocks(NEAREST, "sh"):
        typist.give(block, NEAREST_MODEL=told)


def test_the_container_is_made_of_the_same_versions_and_gets_all_that_the_wheel_needs():
    recipe = (ROOT / "Containerfile").read_text(encoding="utf-8")
    assert "--constraint constraints.txt" in recipe
    assert "USER lessons" in recipe  # not root
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line.startswith("!")}
    needed = {"pyproject.toml", "constraints.txt", "README.md", *WHEEL["packages"], *WHEEL["force-include"]}
    needed |= {Path(name).parts[0] for name in PROJECT["project"]["license-files"]}
    assert let_in == needed
