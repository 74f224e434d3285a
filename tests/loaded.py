"""Loads the program and what it needs for a run by one small run; imported once, in the process from which others are forked."""

import tempfile
from pathlib import Path

from pipeline.jobs.run import RunOrder
from tests.night import night

with tempfile.TemporaryDirectory() as folder:
    post, out = Path(folder) / "post.txt", Path(folder) / "out"
    post.write_text("เล่าจากวงคุย\n\nต้องถามคนในบ้านก่อนแล้วค่อยวางแผน\n\nตอนนี้ยังขาดคนพาคุย วันที่ 3 มิถุนายน 2552\n", encoding="utf-8")
    night(RunOrder((post,), out, f"sqlite:///{out / 'lessons.db'}", model="cues"))
