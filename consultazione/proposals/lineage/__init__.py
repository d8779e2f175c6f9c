"""Lineage: what a proposal came from and what it continues in: merged, divided, forwarded."""
