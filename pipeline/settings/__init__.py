"""Reads the team's configuration and the environment: the only place that does."""

from __future__ import annotations

from pipeline.settings.environment import EnvironmentPaths, Language, environment_paths, language
from pipeline.settings.settings import Documents, Privacy, Project, Reader, Review, Settings, read_settings
from pipeline.settings.tables import UNASSIGNED

__all__ = [
    "UNASSIGNED",
    "Documents",
    "EnvironmentPaths",
    "Language",
    "Privacy",
    "Project",
    "Reader",
    "Review",
    "Settings",
    "environment_paths",
    "language",
    "read_settings",
]
