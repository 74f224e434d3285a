"""The check-up of a machine and of what the team set."""
