"""Two thousand damaged files of every format: no crash, no hang, and every reject explains itself. `make fuzz` reads many more."""

import pytest

from pipeline import sources
from tests.fuzz.mutate import FORMATS, mutation
from tests.fuzz.oracle import check_file

FILES = 2_000


@pytest.mark.parametrize("name", FORMATS)
def test_whatever_is_damaged_is_read_or_explained(tmp_path, name):
    posts = rejects = 0
    for number in range(FILES):
        path = tmp_path / f"a{FORMATS[name][number % len(FORMATS[name])]}"
        path.write_bytes(mutation(name, number))
        read, refused = check_file(path)
        posts, rejects = posts + read, rejects + refused
    assert posts > FILES / 10  # the damage is not so great that all of it is refused at the door
    assert rejects > FILES / 10


def test_files_of_every_format_are_damaged():
    assert {ending for endings in FORMATS.values() for ending in endings} == set(sources.FORMATS)


def test_the_same_number_gives_the_same_file():
    assert [mutation(name, 7) for name in FORMATS] == [mutation(name, 7) for name in FORMATS]
    assert mutation("txt", 7) != mutation("txt", 8)
