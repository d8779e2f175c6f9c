"""Writes zones and territories as files that can be imported: the zone, its path, the values."""
