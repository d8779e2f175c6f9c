"""The group of what a notice is about, for whoever knows its topic by name alone."""

from __future__ import annotations

from consultazione.notices import reminders, topics
from consultazione.notices.models import Group


def group_of(name: str) -> Group | None:
    """The group of a topic or of a reminder; None for one that there is no more."""
    found = topics.BY_NAME.get(name) or reminders.BY_NAME.get(name)
    return found.group if found else None
