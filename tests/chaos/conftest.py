"""Keep pytest out: chaos is a program, and `tests/jobs/test_crash.py` its small sister."""

collect_ignore_glob = ["*.py"]
