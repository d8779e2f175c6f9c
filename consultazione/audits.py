"""Every audit of what rows must say by the log, imported in one place so that none is missing."""

from __future__ import annotations

from consultazione.comments import audit as comments
from consultazione.memory import audit as memory
from consultazione.minutes import audit as minutes
from consultazione.outcomes import audit as outcomes
from consultazione.people import audit as people
from consultazione.plan import audit as plan
from consultazione.plan.blocks import audit as blocks
from consultazione.programme import audit as programme
from consultazione.proposals import audit as proposals
from consultazione.provincial import audit as provincial
from consultazione.sharing import audit as sharing
from consultazione.sharing.budgets import audit as budgets
from consultazione.sittings import audit as sittings
from consultazione.sittings.attendance import audit as attendance
from consultazione.sittings.floor import audit as floor
from consultazione.sittings.places import audit as places
from consultazione.sittings.polls import audit as polls
from consultazione.sittings.questions import audit as questions
from consultazione.sittings.record import audit as record
from consultazione.tables import audit as tables
from consultazione.zones import audit as zones

ALL = (
    zones, people, tables, proposals, comments, sittings, attendance, places, floor, polls,
    questions, record, minutes, outcomes, plan, blocks, programme, sharing, budgets, memory,
    provincial,
)  # fmt: skip
