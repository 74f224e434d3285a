"""The desk of a reviewer: what run, command line and review app do alike with the store and corrections, so that none of them does it otherwise."""

from __future__ import annotations

from pipeline.desk.deciding import Desk

__all__ = ["Desk"]
