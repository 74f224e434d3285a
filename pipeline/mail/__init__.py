"""The post: composes messages, hands them to a server, and takes readers off the list who ask for it."""
