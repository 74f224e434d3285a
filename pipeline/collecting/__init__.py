"""Collecting from outside: the only package of the product that asks other machines, and only for the feeds that a team lists.

Comes in: an address. Goes out: what stands there, bounded in size and time. Refuses addresses that are not on the public network, whatever name,
redirect or answer of the name server leads to them.
"""

from pipeline.collecting.fetch import Fetched, Fetcher

__all__ = ["Fetched", "Fetcher"]
