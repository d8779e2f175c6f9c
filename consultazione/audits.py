"""Every audit of what rows must say by the log, imported in one place so that none is missing."""

from __future__ import annotations

from consultazione.comments import audit as comments
from consultazione.people import audit as people
from consultazione.proposals import audit as proposals
from consultazione.tables import audit as tables
from consultazione.zones import audit as zones

ALL = (zones, people, tables, proposals, comments)
