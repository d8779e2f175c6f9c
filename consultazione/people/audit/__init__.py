"""What people's accounts, organisations, mandates and roles must say by the log."""

from __future__ import annotations

from consultazione.people.audit import accounts, register
from consultazione.people.mandates import audit as mandates

ALL = (accounts, register, mandates)
