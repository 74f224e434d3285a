"""A team that has learnt one model from its corrections, once for each file of tests."""

import pytest
from threadpoolctl import threadpool_limits

from pipeline.jobs.teams.retrain import RetrainOrder, retrain
from tests.jobs.teams.home import NOW, REVIEWED, found_home


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    with threadpool_limits(1):
        yield


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return found_home(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def order(home):
    return RetrainOrder(home / "posts", home / "models", home / "team" / "models", "คุณลิขิต", NOW)


@pytest.fixture(scope="module")
def learnt(order):
    return retrain(order, REVIEWED)
