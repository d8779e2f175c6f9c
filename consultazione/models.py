"""Every table of the database, imported in one place for the migrations and the tests."""

from __future__ import annotations

from consultazione.comments import models as comments
from consultazione.core import done, jobs, log
from consultazione.minutes import models as minutes
from consultazione.outcomes import models as outcomes
from consultazione.people import models as people
from consultazione.plan import models as plan
from consultazione.proposals import models as proposals
from consultazione.sittings import models as sittings
from consultazione.sittings.notes import models as notes
from consultazione.sittings.papers import models as papers
from consultazione.sittings.pauses import models as pauses
from consultazione.sittings.polling import models as polling
from consultazione.sittings.questions import models as questions
from consultazione.sittings.roll import models as roll
from consultazione.sittings.speakers import models as speakers
from consultazione.tables import models as tables
from consultazione.zones import models as zones

ALL = (
    done, log, jobs, zones, people, tables, proposals, comments, sittings, polling, pauses,
    questions, roll, speakers, notes, papers, minutes, outcomes, plan,
)  # fmt: skip
