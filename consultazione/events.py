"""Every event of the product, imported in one place so that the registry is complete."""

from __future__ import annotations

from consultazione.comments import events as comments
from consultazione.minutes import events as minutes
from consultazione.outcomes import events as outcomes
from consultazione.people import events as people
from consultazione.plan import events as plan
from consultazione.proposals import events as proposals
from consultazione.sittings import events as sittings
from consultazione.sittings.notes import events as notes
from consultazione.sittings.papers import events as papers
from consultazione.sittings.pauses import events as pauses
from consultazione.sittings.polling import events as polling
from consultazione.sittings.questions import events as questions
from consultazione.sittings.quorums import events as quorums
from consultazione.sittings.roll import events as roll
from consultazione.sittings.speakers import events as speakers
from consultazione.sittings.video import events as video
from consultazione.tables import events as tables
from consultazione.zones import events as zones

ALL = (
    zones, people, tables, proposals, comments, sittings, polling, pauses,
    questions, quorums, roll, speakers, video, notes, papers, minutes, outcomes, plan,
)  # fmt: skip
