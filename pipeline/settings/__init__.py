"""Reads the team's configuration and the environment: the only place that does."""

from __future__ import annotations

from pipeline.settings.drafting import Draft, DraftPhase, check_draft, id_from, text_of
from pipeline.settings.environment import EnvironmentPaths, Language, database_url, environment_paths, language
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
    "Draft",
    "DraftPhase",
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
    "check_draft",
    "database_url",
    "environment_paths",
    "id_from",
    "language",
    "read_settings",
    "text_of",
]
