"""Conferences, seminars and assemblies beside the sittings of the tables."""
