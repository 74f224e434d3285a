"""The measure of masking: on the writers of the validation it keeps what was reached, and a corpus without the list of persons is refused."""

import re

import pytest

from pipeline.assets import asset
from pipeline.errors import SettingsError
from pipeline.jobs.learning.masking import judge_names


def test_private_names_of_the_validation_stay_masked_and_others_readable():
    told = judge_names(asset("corpora/posts"))
    for part in ("fields", "texts"):
        figures = re.search(rf"validation, {part} .*recall (\S+)\s+precision (\S+)", told)
        assert min(map(float, figures.groups())) >= 0.95, told


def test_a_corpus_without_the_list_is_refused(tmp_path):
    (tmp_path / "posts").mkdir()
    with pytest.raises(SettingsError, match=r"people\.csv"):
        judge_names(tmp_path / "posts")
