"""A run without a scheduler: the steps of the nightly flow one after the other, on posts as short as a test needs them."""

import json
import shutil
from functools import lru_cache
from pathlib import Path

import pytest

import pipeline.jobs.run as runs
from pipeline.jobs.run import RunOrder
from pipeline.nlp.reader import load_reader
from tests.night import night

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "corpora" / "samples"
LESSONS_TOML = ROOT / "lessons.toml"
TALK = (
    "เล่าจากวงคุย\n\n"
    "ต้องถามคนในบ้านก่อนแล้วค่อยวางแผน เพราะแผนที่ไม่มีเจ้าของไม่มีใครทำต่อ\n\n"
    "ตอนนี้ยังขาดคนพาคุย และยังไม่มีเงินค่ารถ\n\n"
    "ตกลงกันว่านัดประชุมอีกครั้งวันที่ 9 พฤษภาคม 2552 ที่ศาลากลางบ้าน\n"
)


def read_rows(file):
    """Return the rows of a file of JSON lines."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").split("\n") if line]


def read_files(out):
    """Return everything that people and programs find in an output folder, by path: the database is not for them."""
    found = {file.relative_to(out).as_posix(): file.read_bytes() for file in sorted(out.rglob("*")) if file.is_file()}
    return {name: content for name, content in found.items() if not name.startswith("lessons.db")}


@pytest.fixture(scope="module")
def models_once():
    """Load each model once: a run loads it, and nothing of a run stays in it. Tests of other folders may promote one, and load anew."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "load_reader", lru_cache(load_reader))
        yield


class Team:
    """A team with its folder of posts, its lessons.toml and its output folder."""

    def __init__(self, home):
        self.home = home
        self.posts = home / "posts"

    def write(self, **files):
        """Write files into the folder of posts, beside one that every run can read."""
        self.posts.mkdir(exist_ok=True)
        for name, content in {"good.txt": TALK, **{name.replace("_", "."): content for name, content in files.items()}}.items():
            (self.posts / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return self.posts

    def take_samples(self):
        """Take the sample posts for its own, to change them."""
        return Path(shutil.copytree(SAMPLES, self.posts))

    def configure(self, *phases):
        """Write a lessons.toml of phases, each given by its id and its further lines."""
        file = self.home / "lessons.toml"
        file.write_text("".join(f'[[phase]]\nid = "{phase}"\nname = "ระยะ {phase}"\n{lines}\n' for phase, lines in phases), encoding="utf-8")
        return file

    def order(self, source=None, out=None, **fields):
        """Return the order of a run by the cue words alone."""
        out = out or self.home / "out"
        known = {"database": f"sqlite:///{out / 'lessons.db'}", "model": "cues", "language": "en"}
        return RunOrder((source or self.posts,), out, **{**known, **fields})

    run = staticmethod(night)
    rows = staticmethod(read_rows)
    files = staticmethod(read_files)


@pytest.fixture(scope="session")
def rows():
    return read_rows


@pytest.fixture(scope="session")
def files():
    return read_files


@pytest.fixture
def team(models_once, tmp_path):
    return Team(tmp_path)


@pytest.fixture(scope="session")
def published(tmp_path_factory):
    """Return the output folder of one run of the shipped model on the samples; no test may change it."""
    out = tmp_path_factory.mktemp("published") / "out"
    night(RunOrder((SAMPLES,), out, f"sqlite:///{out / 'lessons.db'}", LESSONS_TOML))
    return out
