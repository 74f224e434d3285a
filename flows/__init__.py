"""Prefect flows: retries, schedules and run names; no logic."""
