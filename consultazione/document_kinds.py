"""Every kind of document that is numbered, imported in one place so that none is missing."""

from __future__ import annotations

from consultazione.minutes import kind as minutes
from consultazione.outcomes import kind as outcomes

ALL = (minutes, outcomes)
