"""Keep pytest out: the bench prints figures, it never passes or fails."""

collect_ignore_glob = ["*.py"]
