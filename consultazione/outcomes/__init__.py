"""Outcomes and their sign-off by the unions."""
