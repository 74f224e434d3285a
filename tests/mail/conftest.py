"""A mail server that a test may talk to."""

import pytest

from tests.postbox import Postbox, PostOffice, make_certificate, settings_of


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def box():
    return Postbox()


@pytest.fixture(params=["starttls"])
def office(request, box, certificate):
    made = PostOffice(box, *certificate, request.param)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def server(office, certificate):
    """Return a function that gives the settings of the server, some of them other than they should be."""

    def reached(**other):
        return settings_of(office, certificate[0], **other)

    return reached
