"""The command lines of other programs in the documents, and files meant for other programs, are taken from the text and run as written.

`HELD` says of each kind which test runs it, `UNRUN` why nobody does: a line that neither knows fails. Servers and folders of the documents get
others in their place.
"""

import os
import re
import shlex
import shutil
import sys
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.documents import GUIDES, ROOT, blocks, command_spans, fences, named, parsed, shell_lines, text_of
from tests.others import done, needs

FILES = "tests/test_documents.py"
HERE = "tests/cli/test_command_lines.py"
SLOW = "tests/test_package.py::test_the_blocks_of_the_documents_run_in_a_fresh_clone"
HELD = {
    r"make (run|test)|make [a-z]+": f"{HERE}::test_make_does_what_is_told_of_its_target",
    r"export .*": f"{HERE}::test_what_is_exported_stands_in_the_environment",
    r"git pull": f"{HERE}::test_a_pull_that_changes_the_versions_lets_make_install_anew",
    r"grep -rl .*": f"{HERE}::test_the_search_of_a_second_language_finds_only_the_parts_that_are_named",
    r"create(user|db) .*": f"{HERE}::test_a_database_made_as_told_is_enough",
    r"docker build .*|podman (build|run) .*": f"{HERE}::test_the_recipe_of_the_container_tells_the_lines_of_the_guide",
    r"pip install( --constraint constraints\.txt)? (\.|'\.\[(dask|postgres)\]')|pip install|pip install '?examples/nearest.*": SLOW,
    r"python examples/nearest/tiny_transformer\.py FOLDER": SLOW,
    r"dask (scheduler|worker) .*": SLOW,
    r"prefect .*": "tests/flows/test_worker.py::test_a_worker_of_a_process_pool_runs_the_night_of_prefect_yaml",
    r"python -c '.*'": f"{FILES}::test_every_example_in_python_runs",
    r"python -m flows\.schedules .*": f"{HERE}::test_the_service_takes_what_the_guide_gives_it",
    r"([A-Z_]+=\w+ )+(\.venv/bin/)?python -m pytest .*": f"{HERE}::test_the_variables_before_pytest_are_read_by_its_file",
    r"kill -9": "tests/jobs/test_postgresql.py::test_a_run_that_is_killed_holds_nobody_up_and_the_next_one_ends_as_if_undisturbed",
}
UNRUN = {  # what they name is looked up by tests/test_documents.py
    r"python -m tests\.(bench|chaos|mutations)\b.*": "measures, or kills at random, for minutes to an hour",
    r"python -m pytest -m slow tests/test_package\.py": "is itself the slow test",
    r"apt-get install chromium": "changes the machine",
    r"npm pack @fontsource/sarabun": "fetches from another machine",
}
FENCES = {
    "sh": f"{HERE}::test_every_command_line_is_of_a_kind_that_a_test_runs",
    "python": f"{FILES}::test_every_example_in_python_runs",
    "toml": f"{FILES}::test_the_program_reads_every_block_of_settings",
    "ini": f"{HERE}::test_systemd_finds_nothing_wrong_with_the_service",
    "nginx": f"{HERE}::test_nginx_takes_its_block",
    "caddyfile": f"{HERE}::test_caddy_takes_its_block",
    "": f"{FILES}::test_every_mark_that_a_document_shows_is_read",
    "mermaid": "tests/test_architecture.py::test_the_guide_draws_the_same_arrows",
}
OPERATIONS, SERVER = ROOT / "docs" / "operations.md", ROOT / "docs" / "review-server.md"
INSTALLS = ["-m venv .venv", "pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'"]
CHECKS = [".venv/bin/ruff check --quiet .", ".venv/bin/ruff format --check --quiet .", ".venv/bin/mypy"]
TARGETS = {
    "setup": ["sh tests/browser/get.sh"],
    "run": [".venv/bin/lessons run corpora/samples --config lessons.toml --out out"],
    "test": [*CHECKS, ".venv/bin/python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder"],
    "check": CHECKS,
    "model": ["--editable '.[train]'", ".venv/bin/lessons train"],
    "unpinned": ["sh tests/unpinned.sh"],
    **{name: [f".venv/bin/python -m tests.{name}"] for name in ("bench", "pictures", "fuzz", "chaos", "week")},
}


def lines():
    """Return every command line that is not one of the program's own, with its document."""
    found = [(named(path), line) for path in GUIDES for line in [*shell_lines(path), *command_spans(path)]]
    return [(path, line) for path, line in found if not line.removeprefix(".venv/bin/").startswith("lessons ")]


def lines_of(kind):
    found = sorted({line for _, line in lines() if re.fullmatch(kind, line)})
    assert found, kind
    return found


def test_every_command_line_is_of_a_kind_that_a_test_runs():
    kinds = [*HELD, *UNRUN]
    assert [(path, line) for path, line in lines() if not any(re.fullmatch(kind, line) for kind in kinds)] == []
    assert [kind for kind in kinds if not any(re.fullmatch(kind, line) for _, line in lines())] == []


def test_every_block_is_in_a_language_that_a_test_reads():
    assert {language for path in GUIDES for language in fences(path)} == {*FENCES}


@pytest.mark.parametrize("place", sorted({*HELD.values(), *FENCES.values()}))
def test_the_tests_that_hold_a_kind_exist(place):
    file, _, name = place.partition("::")
    assert f"\ndef {name}(" in text_of(ROOT / file)


@pytest.fixture
def scratch(tmp_path):
    """Return a folder that looks to make like a clone with everything set up."""
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "lessons").write_text("#!/bin/sh\n", encoding="utf-8")
    (tmp_path / ".venv" / "bin" / "lessons").chmod(0o755)
    (tmp_path / ".venv" / ".ready").touch()
    return tmp_path


@pytest.mark.parametrize("line", lines_of(r"make [a-z]+"))
def test_make_does_what_is_told_of_its_target(line, scratch):
    needs("make")
    told, steps = done(*shlex.split(line), "--dry-run", cwd=scratch), TARGETS[line.removeprefix("make ")]
    places = [told.find(step) for step in steps]
    assert -1 not in places, told
    assert places == sorted(places)
    assert not any(step in told for step in INSTALLS)  # stands already
    for words in re.findall(r"^\.venv/bin/lessons (.*)$", told, re.MULTILINE):
        assert parsed(shlex.split(words))[1] is not None
    (scratch / ".venv" / ".ready").unlink()
    first = done(*shlex.split(line), "--dry-run", cwd=scratch)
    assert line == "make unpinned" or all(step in first for step in INSTALLS)


def test_make_clean_takes_away_what_was_made_and_nothing_else(scratch):
    needs("make")
    (scratch / "out").mkdir()
    done("make", "clean", cwd=scratch)
    assert sorted(file.name for file in scratch.iterdir()) == ["Makefile", "constraints.txt", "pyproject.toml"]


def test_a_pull_that_changes_the_versions_lets_make_install_anew(scratch, tmp_path_factory):
    needs("make")
    as_somebody = [needs("git"), "-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
    (scratch / ".gitignore").write_text(".venv\n", encoding="utf-8")
    done(*as_somebody, "init", "--quiet", cwd=scratch)
    done(*as_somebody, "add", ".", cwd=scratch)
    done(*as_somebody, "commit", "--quiet", "--message", "old", cwd=scratch)
    clone = tmp_path_factory.mktemp("clone") / "lessons"
    done(*as_somebody, "clone", "--quiet", scratch, clone, cwd=scratch)
    (clone / ".venv").mkdir()
    (clone / ".venv" / ".ready").touch()
    (scratch / "constraints.txt").write_text("rich==14\n", encoding="utf-8")
    done(*as_somebody, "commit", "--quiet", "--all", "--message", "new", cwd=scratch)
    assert INSTALLS[1] not in done("make", "--dry-run", "setup", cwd=clone)
    os.utime(clone / ".venv" / ".ready", (1, 1))  # what is pulled is newer, however coarse the clock
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        os.utime(clone / name, (0, 0))
    [line] = lines_of("git pull")
    done(*shlex.split(line), cwd=clone)
    assert INSTALLS[1] in done("make", "--dry-run", "setup", cwd=clone)


@pytest.mark.parametrize("line", lines_of("export .*"))
def test_what_is_exported_stands_in_the_environment(line, scratch):
    told = done("sh", "-euc", f"{line}\ncommand -v lessons\nenv", cwd=scratch, env=os.environ | {"PATH": f"{scratch}/.venv/bin:{os.environ['PATH']}"})
    assert told.splitlines()[0] == f"{scratch}/.venv/bin/lessons"
    for name, value in re.findall(r"(\w+)=(\S+)", line):
        assert f"\n{name}={value}\n" in told or value.startswith('"$PWD'), name


def test_the_search_of_a_second_language_finds_only_the_parts_that_are_named():
    [line] = lines_of("grep -rl .*")
    found = {Path(name).relative_to("pipeline").parts[0].removesuffix(".py") for name in done(*shlex.split(line), cwd=ROOT).splitlines()}
    [sentence] = re.findall(r"hands it on to everybody else, (.*?)\(`grep", text_of(ROOT / "CONTRIBUTING.md"), re.DOTALL)
    assert found == {"languages", *re.findall(r"`(\w+)`", sentence)}


def test_the_recipe_of_the_container_tells_the_lines_of_the_guide():
    told = re.findall(r"\b(?:podman|docker) (?:build|run) .*?(?=  |\)|$)", text_of(ROOT / "Containerfile").partition("# (")[0], re.MULTILINE)
    guide = lines_of("docker build .*|podman (build|run) .*")
    assert sorted(told) == guide
    for line in guide:
        program, command, *words = shlex.split(line)
        if program == "podman" and shutil.which(program):
            known = done(program, command, "--help")
            before = words[: words.index("thai-lessons")] if command == "run" else words
            assert [word for word in before if word.startswith("-") and not re.search(rf"{word.partition('=')[0]}\b", known)] == []


def test_the_service_takes_what_the_guide_gives_it(monkeypatch, folder):
    import flows.schedules

    served = []
    (folder / "POSTS").symlink_to("posts")
    monkeypatch.setattr(flows.schedules, "serve_order", lambda *order: served.append(order))
    for line in lines_of(r"python -m flows\.schedules .*"):
        monkeypatch.setattr(sys, "argv", shlex.split(line)[2:])
        flows.schedules.main()
    assert served


def test_the_variables_before_pytest_are_read_by_its_file():
    for line in lines_of(r"([A-Z_]+=\w+ )+(\.venv/bin/)?python -m pytest .*"):
        source = text_of(ROOT / shlex.split(line)[-1])
        assert [name for name in re.findall(r"([A-Z_]+)=", line) if f'environ.get("{name}"' not in source] == []


def test_systemd_finds_nothing_wrong_with_the_service(scratch):
    [service] = blocks(OPERATIONS, "ini")
    (scratch / "lessons.service").write_text(service.replace("/srv/lessons", str(scratch)), encoding="utf-8")
    assert done(needs("systemd-analyze"), "verify", scratch / "lessons.service") == ""


def test_nginx_takes_its_block(tmp_path):
    from flows.server import _free_port

    program = needs("nginx")
    [block] = blocks(SERVER, "nginx")
    key, subject = tmp_path / "review", "/CN=review.example.org"
    done(needs("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", subject, "-keyout", f"{key}.key", "-out", f"{key}.pem")
    block = block.replace("/etc/ssl", str(tmp_path)).replace("listen 443", f"listen 127.0.0.1:{_free_port()}")
    (tmp_path / "nginx.conf").write_text(f"pid {tmp_path}/pid;\nevents {{}}\nhttp {{\n{block}}}\n", encoding="utf-8")
    assert "[warn]" not in done(program, "-t", "-p", tmp_path, "-e", tmp_path / "log", "-c", tmp_path / "nginx.conf")


def test_caddy_takes_its_block(tmp_path):
    program = needs("caddy")
    [block] = blocks(SERVER, "caddyfile")
    (tmp_path / "Caddyfile").write_text(block, encoding="utf-8")
    told = done(program, "validate", "--adapter", "caddyfile", "--config", tmp_path / "Caddyfile", env=os.environ | {"HOME": str(tmp_path)})
    assert "Valid configuration" in told


@pytest.mark.usefixtures("nothing_set", "without_prefect")
def test_a_database_made_as_told_is_enough(lessons, folder, postgres):
    around = {"PATH": f"{postgres.programs}:{os.environ['PATH']}", "PGHOST": str(postgres.home), "PGUSER": "postgres"}
    for line in reversed(lines_of("create(user|db) .*")):  # the owner first
        words = [{"USER": "km", "NAME": "kmdb"}.get(word, word) for word in shlex.split(line)]
        done(*words, env=os.environ | around, input="secret\nsecret\n", start_new_session=True)  # without a terminal it asks its standard input
    [line] = [line for line in shell_lines(OPERATIONS) if "--database" in line]
    address = f"postgresql://km@/kmdb?host={quote(str(postgres.home), safe='')}"
    words = [{"POSTS": "posts", "postgresql://USER@HOST/NAME": address}.get(word, word) for word in shlex.split(line)]
    status, out, error = lessons(*words[1:])
    assert (status, (folder / "out" / "index.html").is_file()) == (0, True), out + error
