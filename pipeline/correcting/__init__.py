"""What corrections do: to the passages of a post, to threads, to names; what waits for a reviewer, and in which order. Pure functions of records."""
