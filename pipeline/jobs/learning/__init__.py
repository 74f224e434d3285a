"""The model that ships: what it is learnt from, and every long measurement of it."""
