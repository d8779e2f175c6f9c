"""Corrections and approval of a draft: the days for it, its texts, freezing, its pages."""
