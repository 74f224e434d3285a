"""A file goes in, posts come out; one file for each format."""
