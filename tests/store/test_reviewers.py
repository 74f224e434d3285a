"""Who may review, in the store: sessions and links end when they should, and only their hashes are kept."""

import pytest

from pipeline.reviewers import Preferences, Reviewer, Session
from pipeline.store.reviewers import IDLE

SOMSRI = Reviewer("somsri", "สมศรี", "reviewer", "somsri@example.org", preferences=Preferences(keys_on=False, keys={"skip": "KeyK"}))


@pytest.fixture
def reviewers(store):
    store.reviewers.add(SOMSRI, "$hash", 0)
    return store.reviewers


def test_a_reviewer_comes_back_as_kept(reviewers):
    found, password = reviewers.find("somsri")
    assert (found.name, found.role, found.email, found.preferences, found.has_password) == (
        "สมศรี",
        "reviewer",
        SOMSRI.email,
        SOMSRI.preferences,
        True,
    )
    assert password == "$hash"
    assert not reviewers.add(SOMSRI, None, 0)
    assert reviewers.find("nobody") is None


def test_a_session_ends_idle_old_closed_or_with_its_reviewer(reviewers):
    for number in "abcd":
        reviewers.open_session(Session(number, SOMSRI, by_link=False, expires_at=10 * IDLE), 0)
    assert reviewers.session("a", IDLE - 1).reviewer.id == "somsri"
    assert reviewers.session("b", IDLE) is None
    assert reviewers.session("a", 2 * IDLE - 2) is not None  # it was seen meanwhile
    reviewers.close_session("a")
    assert reviewers.session("a", IDLE) is None
    reviewers.revoke("somsri", 1)
    assert reviewers.session("c", 1) is None
    assert reviewers.all()[0].revoked


def test_another_password_ends_sessions(reviewers):
    reviewers.open_session(Session("a", SOMSRI, by_link=True, expires_at=100), 0)
    reviewers.set_password("somsri", "$other")
    assert reviewers.session("a", 1) is None


def test_links_end_with_time_or_when_revoked(reviewers):
    reviewers.add_link("x", "somsri", 0, 100)
    reviewers.add_link("y", "somsri", 0, 100)
    assert reviewers.link("x", 99).id == "somsri"
    assert reviewers.link("x", 100) is None
    reviewers.open_session(Session("by-link", SOMSRI, by_link=True, expires_at=100), 0)
    reviewers.open_session(Session("by-password", SOMSRI, by_link=False, expires_at=100), 0)
    assert reviewers.revoke_links("somsri", 5) == 2
    assert reviewers.link("y", 6) is None
    assert reviewers.session("by-link", 6) is None
    assert reviewers.session("by-password", 6) is not None


def test_language_and_preferences_are_kept(reviewers):
    reviewers.set_language("somsri", "en")
    reviewers.set_preferences("somsri", Preferences(keys={"undo": "KeyZ"}))
    found, _ = reviewers.find("somsri")
    assert (found.lang, found.preferences) == ("en", Preferences(keys={"undo": "KeyZ"}))
