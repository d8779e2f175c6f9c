"""What may be done with a zone and its path."""

from __future__ import annotations

from consultazione.zones.commands.path import close_phase, open_phase, record_act
from consultazione.zones.commands.setting_up import (
    NewBody,
    NewChapter,
    NewPhase,
    NewPriority,
    set_up_zone,
)

__all__ = [
    "NewBody",
    "NewChapter",
    "NewPhase",
    "NewPriority",
    "close_phase",
    "open_phase",
    "record_act",
    "set_up_zone",
]
