"""The command line: arguments in, files and words in the terminal out."""

from pipeline.cli.commands import main

__all__ = ["main"]
