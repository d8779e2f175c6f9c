"""Every gate that keeps a phase open, imported in one place so that none is missing."""

from __future__ import annotations

from consultazione.plan.approval import gate as plan
from consultazione.proposals import gate as proposals

ALL = (proposals, plan)
