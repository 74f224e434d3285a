"""Processes that begin at once: each is forked from one that has loaded the program, so that many can be started, and killed outright.

Used by the tests of crashes and by chaos, where loading would take longer than the work itself.
"""

import multiprocessing
import os
import signal
import traceback
from multiprocessing.connection import Connection

_BORN = multiprocessing.get_context("forkserver")
_BORN.set_forkserver_preload(["tests.loaded"])
_PATIENCE = 600  # seconds


class Forked:
    """A function at work in a process and a session of its own; its first argument is a function that says a word to us."""

    def __init__(self, work, *arguments):
        self._words, says = _BORN.Pipe(duplex=False)
        self.complaint = None
        self.process = _BORN.Process(target=_work, args=(says, work, arguments), daemon=False)
        self.process.start()
        says.close()

    @property
    def pid(self):
        return self.process.pid

    def hear(self):
        """Return the next word, None after the last one; one that says nothing for too long is killed."""
        if not self._words.poll(_PATIENCE):
            self.kill()
            raise TimeoutError(f"process {self.pid} has said nothing for {_PATIENCE} seconds")
        try:
            word = self._words.recv()
        except EOFError:
            return None
        if isinstance(word, _Complaint):
            self.complaint = word.told
            return None
        return word

    def rest(self):
        """Return the words until its end, and wait for it."""
        words = []
        while (word := self.hear()) is not None:
            words.append(word)
        self.process.join()
        self._words.close()
        return words

    def kill(self):
        """Kill it and all that it started; return whether it was still at work."""
        at_work = self.process.exitcode is None
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            at_work = False
        return at_work


class _Complaint:
    def __init__(self, told):
        self.told = told


def _work(says: Connection, work, arguments):
    os.setsid()
    try:
        work(says.send, *arguments)
    except BaseException:  # noqa: BLE001 - whatever it is, it is told where it was started
        says.send(_Complaint(traceback.format_exc()))
        raise SystemExit(1) from None
