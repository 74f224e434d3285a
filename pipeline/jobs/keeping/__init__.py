"""What is kept and what is forgotten: backup and restore, and what a team asked to forget."""
