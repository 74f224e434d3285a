"""A second language by the words of CONTRIBUTING: a folder beside ``th``, its name where the program says ``languages.th``, and nothing else."""

import os
import shutil
import subprocess
import sys

from tests.documents import ROOT

CUES = """
# what a text says it learnt
[[cue]]
name = "learned"
votes = "lesson"
weight = 2
patterns = ['[Ww]e learned that']

# what is not there
[[cue]]
name = "lack"
votes = "issue"
weight = 2
patterns = ['we (?:still )?lack']

# who promises
[[cue]]
name = "promise"
votes = "action"
weight = 2
patterns = ['will (?:bring|meet)']
"""
POST = """The rice fund

We learned that sums are right when every sale is written down.

But we still lack a ledger.

Next week Daeng will bring one.
"""
WORDS = "words = re.findall(r'\\s+|\\w+|[^\\w\\s]', text)"


def test_the_guide_of_a_second_language_gives_a_reader_of_it(tmp_path):
    shutil.copytree(ROOT / "pipeline", tmp_path / "pipeline", ignore=shutil.ignore_patterns("__pycache__"))
    for outside in ("models", "corpora", "flows"):
        (tmp_path / outside).symlink_to(ROOT / outside)
    folder = tmp_path / "pipeline" / "languages" / "en"
    (folder.parent / "th").rename(folder)
    for file in (tmp_path / "pipeline").rglob("*.py"):
        said = file.read_text(encoding="utf-8")
        if "languages.th" in said:
            file.write_text(said.replace("languages.th", "languages.en"), encoding="utf-8")
    words = (folder / "tokens.py").read_text(encoding="utf-8")
    own = words.replace('CODE = "th"', 'CODE = "en"').replace("words = segment(text)", WORDS)
    (folder / "tokens.py").write_text(own, encoding="utf-8")
    for file in (folder / "functions").glob("*.toml"):
        file.unlink()
    (folder / "functions" / "all.toml").write_text(CUES, encoding="utf-8")
    (tmp_path / "post.txt").write_text(POST, encoding="utf-8")
    command = [sys.executable, "-c", "from pipeline.cli import main; main()", "look", "post.txt", "--model", "cues"]
    known = {**os.environ, "LESSONS_LANG": "en", "PYTHONPATH": str(tmp_path)}
    said = subprocess.run(command, cwd=tmp_path, env=known, capture_output=True, text=True, check=True).stdout
    assert [line.split()[0] for line in said.splitlines() if "] author" in line] == ["Lesson", "Issue", "Action"]
    assert "← We learned that" in said
    assert not (folder.parent / "th").exists()
