"""A PostgreSQL server of our own for the time of the tests: a cluster in a temporary folder, reached over a socket in it and from nowhere else.

Comes in: the server programs of the machine, if it has any. Goes out: addresses of fresh databases. Refuses, as `NoServer` with one line that says
what is missing, a machine without the programs or the driver. As root the server runs under the account ``postgres``, since it refuses to be root.
"""

from __future__ import annotations

import importlib.util
import itertools
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import quote

_PACKAGES = Path("/usr/lib/postgresql")
_ACCOUNT = "postgres"
_OPTIONS = "-c listen_addresses='' -c max_connections=40"
_HASTY = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"  # what a test writes need not outlive a power cut


class NoServer(Exception):
    """This machine cannot start PostgreSQL."""


class Cluster:
    """A running server; a context manager that stops it and removes its folder. Where times are measured it must write as `hasty` ones do not."""

    def __init__(self, *, hasty=True):
        self._options = f"{_OPTIONS} {_HASTY}" if hasty else _OPTIONS
        if importlib.util.find_spec("psycopg") is None:
            raise NoServer("PostgreSQL is not tested: psycopg is not installed (the extra 'postgres').")
        self.programs = _programs()
        self._as = {"user": _ACCOUNT, "group": _ACCOUNT, "extra_groups": []} if os.geteuid() == 0 else {}
        self.home = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
        self._numbers = itertools.count()

    def __enter__(self):
        try:
            if self._as:
                shutil.chown(self.home, _ACCOUNT, _ACCOUNT)
            self._run("initdb", "--pgdata", self.home / "data", "--username", _ACCOUNT, "--auth", "trust", "--encoding", "UTF8", "--no-sync")
            options = f"{self._options} -c unix_socket_directories='{self.home}'"
            self._run("pg_ctl", "start", "--pgdata", self.home / "data", "--wait", "--log", self.home / "log", "--options", options)
        except BaseException:
            shutil.rmtree(self.home, ignore_errors=True)
            raise
        return self

    def __exit__(self, *_failure):
        try:
            self._run("pg_ctl", "stop", "--pgdata", self.home / "data", "--mode", "immediate", "--wait")
        finally:
            shutil.rmtree(self.home, ignore_errors=True)

    def fresh(self):
        """Return the address of a new, empty database."""
        name = f"lessons_{next(self._numbers)}"
        self._run("createdb", "--host", self.home, "--username", _ACCOUNT, name)
        return f"postgresql://{_ACCOUNT}@/{name}?host={quote(str(self.home), safe='')}"

    def _run(self, program, *arguments):
        command = [self.programs / program, *map(str, arguments)]
        done = subprocess.run(command, cwd="/", check=False, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, timeout=60, **self._as)
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr.strip()}")


def _programs():
    """Return the folder of the server's programs: that of the path, else the newest package's."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(_PACKAGES.glob("*/bin"), key=lambda folder: float(folder.parent.name), reverse=True)
    for folder in folders:
        if all((folder / name).exists() for name in ("initdb", "pg_ctl", "createdb")):
            return folder
    raise NoServer(
        "PostgreSQL is not tested: initdb and pg_ctl stand neither on the path nor in /usr/lib/postgresql (install the package postgresql)."
    )
