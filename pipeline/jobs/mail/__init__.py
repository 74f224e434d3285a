"""Mail: digests, and what became of corrections, as messages to readers; and the desk at which a person decides about them."""
