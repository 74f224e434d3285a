"""Shared by all tests: property tests draw the same examples every time and are not timed, since machines differ; how time grows can be asked. A real
PostgreSQL server and a real browser are started where the machine has them, and the last lines of a run say what was missing."""

from collections import Counter
from contextlib import ExitStack
from time import process_time

import pytest
from hypothesis import settings

from tests.browser.chromium import NoBrowser, started
from tests.postgres import Cluster, NoServer

collect_ignore = ["loaded.py"]  # to import it is a run: the process from which others are forked does

settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")

_TIMES = 8
_LINEAR_AT_MOST = 24  # eight times the text takes about eight times as long, and in quadratic time sixty-four times


@pytest.fixture(scope="session")
def postgres():
    """Return the running server; skip with one line where there can be none."""
    try:
        cluster = Cluster()
    except NoServer as missing:
        pytest.skip(str(missing))
    with cluster:
        yield cluster


@pytest.fixture(scope="module")  # no longer: while it runs, Prefect believes that it is called within an event loop
def chromium():
    """Return the running browser; skip with one line where there can be none."""
    with ExitStack() as closing:
        try:
            browser = closing.enter_context(started())
        except NoBrowser as missing:
            pytest.skip(str(missing))
        yield browser


# Two services that begin in the same moment would both take Prefect's usual port: others stand between them.
_FIRST = ("tests/flows/test_recovery.py", "tests/jobs/test_trouble.py", "tests/flows/test_service.py", "tests/week/", "tests/jobs/test_crash.py")
_LAST = ("tests/flows/", "pipeline/")  # a Prefect server that stands to the end of the tests, and what is short


def pytest_collection_modifyitems(items):
    """Put first what takes long for its few tests, and last what is short: so both processes of `make test` end at about the same time."""

    def turn(item):
        begun = item.nodeid.startswith
        return next((at for at, name in enumerate(_FIRST) if begun(name)), next((at for at, name in enumerate(_LAST, 99) if begun(name)), 98))

    items.sort(key=turn)


def pytest_terminal_summary(terminalreporter):
    """Say what was missing, and how many tests were skipped for it."""
    skipped = Counter(report.longrepr[2].removeprefix("Skipped: ") for report in terminalreporter.stats.get("skipped", []))
    for reason, count in sorted(skipped.items()):
        terminalreporter.write_line(f"{count} {'test' if count == 1 else 'tests'} skipped: {reason}", yellow=True)


@pytest.fixture
def stumbling(monkeypatch):
    """Return a function that lets the reader stumble over every batch with these words in it."""

    def over(words):
        from pipeline.nlp.reader import Reader

        through = Reader.classify

        def classify(self, docs):
            if any(words in doc.text for doc in docs):
                raise ValueError
            return through(self, docs)

        monkeypatch.setattr(Reader, "classify", classify)

    return over


@pytest.fixture
def grows_with_the_text():
    """Return a function that says whether reading a text eight times as long takes no more than so much longer, whatever the machine.

    It counts the processor's time of this process alone, the best of three; what takes under a hundredth of a second cannot be told apart and passes.
    """

    def seconds(read, text):
        begun = process_time()
        read(text)
        return process_time() - begun

    def grows(read, piece, length=100_000):
        count = length // len(piece)
        short = min(seconds(read, piece * (count // _TIMES)) for _ in range(3))
        most = max(0.01, _LINEAR_AT_MOST * max(short, 0.001))
        return any(seconds(read, piece * count) < most for _ in range(3))

    return grows
