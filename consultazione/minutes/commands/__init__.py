"""What happens to minutes: drafted by a worker, completed, approved, sealed, published."""

from __future__ import annotations

from consultazione.minutes.commands.approving import (
    approve_minutes,
    publish_minutes,
    seal_minutes,
)
from consultazione.minutes.commands.drafting import draft_minutes
from consultazione.minutes.commands.editing import add_conclusion, remove_conclusion, write_note

__all__ = [
    "add_conclusion",
    "approve_minutes",
    "draft_minutes",
    "publish_minutes",
    "remove_conclusion",
    "seal_minutes",
    "write_note",
]
