"""The product: reads posts, finds what was learnt, what stands in the way and what was promised, and writes the digest."""
