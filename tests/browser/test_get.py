"""`make setup` takes a browser where it may, and else says in one line which package is missing."""

import shutil
import subprocess
from pathlib import Path

import pytest

GET = Path(__file__).with_name("get.sh")
SH = shutil.which("sh")


@pytest.fixture
def machine(tmp_path):
    """Return a function that runs the script on a machine with these programs alone, each a line of shell."""

    def run(**programs):
        for name, line in programs.items():
            program = tmp_path / name.replace("_", "-")
            program.write_text(f"#!{SH}\n{line}\n", encoding="utf-8")
            program.chmod(0o755)
        return subprocess.run([SH, GET], env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=True).stdout

    return run


def test_where_a_browser_is_nothing_is_said(machine):
    assert machine(chromium="exit 0") == ""


@pytest.mark.parametrize("programs", [{"id": "echo 1000", "apt_get": "exit 0"}, {"id": "echo 0", "apt_get": "exit 100"}, {"id": "echo 0"}])
def test_where_it_may_not_or_cannot_be_taken_the_package_is_named(machine, programs):
    assert machine(**programs).startswith("chromium is missing: apt-get install chromium.")


def test_lists_that_are_old_are_fetched_once(machine, tmp_path):
    asked = tmp_path / "asked"
    said = machine(id="echo 0", apt_get=f'echo "$1" >> {asked}\ntest "$1" = update || test -e {asked}.new && exit 0\n: > {asked}.new\nexit 100')
    assert said.startswith("chromium was installed")
    assert asked.read_text(encoding="utf-8").split() == ["install", "update", "install"]
