"""Shared by all tests: property tests draw the same examples every time and are not timed, since machines differ."""

from hypothesis import settings

settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")
