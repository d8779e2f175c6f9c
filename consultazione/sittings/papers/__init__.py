"""Materials of a table that belong to points of an agenda."""
