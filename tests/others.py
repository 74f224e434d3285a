"""The programs of others that the tests run.

Comes in: a name, or a whole command. Goes out: where the program stands, or what the command said. Refuses a command that fails; skips the test where
the program is missing.
"""

import os
import shlex
import shutil
import subprocess

import pytest


def needs(program):
    if not (found := shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin:/sbin")):
        pytest.skip(f"a file of the documents is not tried: {program} is not installed")
    return found


def done(*words, **how):
    ended = subprocess.run([str(word) for word in words], check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **how)
    assert ended.returncode == 0, f"{shlex.join(map(str, words))}\n{ended.stdout[-3000:]}"
    return ended.stdout
