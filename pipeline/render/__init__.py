"""Digest in, files for people out: JSON, Markdown, HTML."""
