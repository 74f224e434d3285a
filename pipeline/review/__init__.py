"""The web app in which reviewers correct what the machine read, one key a decision."""
