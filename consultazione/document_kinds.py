"""Every kind of document that is numbered or has a summary in easy language, imported in one place.

So none is missing.
"""

from __future__ import annotations

from consultazione.documents.easy import registered as easy_registered
from consultazione.minutes import easy as easy_minutes
from consultazione.minutes import kind as minutes
from consultazione.outcomes import easy as easy_outcomes
from consultazione.outcomes import kind as outcomes
from consultazione.plan.blocks import easy as easy_blocks
from consultazione.plan.certificates import kind as certificates
from consultazione.plan.papers import kind as plans
from consultazione.programme.paper import kind as programmes
from consultazione.sittings.lifecycle.notice import kind as notices

ALL = (
    notices, minutes, outcomes, certificates, plans, programmes,
    easy_registered, easy_minutes, easy_outcomes, easy_blocks,
)  # fmt: skip
