"""Live sittings, in parts; the root holds what all parts share."""
