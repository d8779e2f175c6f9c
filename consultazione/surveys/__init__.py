"""Surveys of a table: short opinions before a sitting, of which numbers alone are shown."""
