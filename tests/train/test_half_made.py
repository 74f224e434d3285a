"""What a killed run left half made is removed by a later one; what another may be making stays."""

import os
import time

from pipeline.train.half_made import half_made


def test_what_was_left_long_ago_goes_and_what_is_young_stays(tmp_path):
    for name in (".new-old", ".new-young"):
        (tmp_path / name / "team-1").mkdir(parents=True)
        (tmp_path / name / "team-1" / "classifier.msgpack").write_bytes(b"half")
    long_ago = time.time() - 48 * 3600
    for path in (tmp_path / ".new-old", *(tmp_path / ".new-old").rglob("*")):
        os.utime(path, (long_ago, long_ago))
    with half_made(tmp_path) as place:
        assert sorted(path.name for path in tmp_path.iterdir() if path != place) == [".new-young"]
    assert not place.exists()
