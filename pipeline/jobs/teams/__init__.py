"""A team's own models: taught by corrections, judged, promoted, rolled back, watched."""
