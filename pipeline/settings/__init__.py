"""Reads the team's configuration and the environment: the only place that does."""

from __future__ import annotations

from pipeline.settings.environment import EnvironmentPaths, Language, environment_paths, language
from pipeline.settings.feeds import Feed
from pipeline.settings.mail import Mail, MailServer
from pipeline.settings.schedule import Schedule
from pipeline.settings.settings import EVERYTHING, UNNAMED, Documents, Privacy, Project, Reader, Review, Settings, read_settings
from pipeline.settings.tables import UNASSIGNED

__all__ = [
    "EVERYTHING",
    "UNASSIGNED",
    "UNNAMED",
    "Documents",
    "EnvironmentPaths",
    "Feed",
    "Language",
    "Mail",
    "MailServer",
    "Privacy",
    "Project",
    "Reader",
    "Review",
    "Schedule",
    "Settings",
    "environment_paths",
    "language",
    "read_settings",
]
