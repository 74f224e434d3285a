"""Reads the team's configuration and the environment: the only place that does."""

from __future__ import annotations

from pipeline.settings.environment import EnvironmentPaths, Language, environment_paths, language
from pipeline.settings.mail import Mail, MailServer
from pipeline.settings.settings import EVERYTHING, UNNAMED, Documents, Privacy, Project, Reader, Settings, read_settings
from pipeline.settings.tables import UNASSIGNED

__all__ = [
    "EVERYTHING",
    "UNASSIGNED",
    "UNNAMED",
    "Documents",
    "EnvironmentPaths",
    "Language",
    "Mail",
    "MailServer",
    "Privacy",
    "Project",
    "Reader",
    "Settings",
    "environment_paths",
    "language",
    "read_settings",
]
