"""The zone, its bodies and the path of its consultation."""
