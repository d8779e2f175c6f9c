"""Every kind of document that is numbered, imported in one place so that none is missing."""

from __future__ import annotations

from consultazione.minutes import kind as minutes
from consultazione.outcomes import kind as outcomes
from consultazione.plan.certificates import kind as certificates
from consultazione.sittings.lifecycle.notice import kind as notices

ALL = (notices, minutes, outcomes, certificates)
