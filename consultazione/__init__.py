"""Participatory consultation for the Piano di zona, driven by one event log."""
