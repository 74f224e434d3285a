"""Labelled passages against found ones: the figures."""
