"""Groups what says the same and orders it into a digest."""
