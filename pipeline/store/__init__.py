"""Keeps posts and passages in a database; the only owner of SQLAlchemy."""
