"""Every audit of what rows must say by the log, imported in one place so that none is missing."""

from __future__ import annotations

from consultazione.comments import audit as comments
from consultazione.documents import audit as documents
from consultazione.documents.easy import audit as easy
from consultazione.documents.signatures import audit as signatures
from consultazione.erasure import audit as erasure
from consultazione.memory import audit as memory
from consultazione.minutes import audit as minutes
from consultazione.minutes.signing import audit as minutes_signing
from consultazione.moderation import audit as moderation
from consultazione.opinions import audit as opinions
from consultazione.outcomes import audit as outcomes
from consultazione.people import audit as people
from consultazione.plan import audit as plan
from consultazione.plan.blocks import audit as blocks
from consultazione.plan.decisions import audit as decisions
from consultazione.plan.discussion import audit as discussion
from consultazione.plan.needs import audit as needs
from consultazione.privacy import audit as privacy
from consultazione.programme import audit as programme
from consultazione.proposals import audit as proposals
from consultazione.proposals.amendments import audit as amendments
from consultazione.proposals.answers import audit as answers
from consultazione.proposals.cosigners import audit as cosigners
from consultazione.proposals.lineage import audit as lineage
from consultazione.proposals.referrals import audit as referrals
from consultazione.provincial import audit as provincial
from consultazione.sharing import audit as sharing
from consultazione.sharing.budgets import audit as budgets
from consultazione.site.pages import audit as site_pages
from consultazione.sittings import audit as sittings
from consultazione.sittings.agenda import audit as agenda
from consultazione.sittings.applause import audit as applause
from consultazione.sittings.attendance import audit as attendance
from consultazione.sittings.breaks import audit as breaks
from consultazione.sittings.floor import audit as floor
from consultazione.sittings.places import audit as places
from consultazione.sittings.polls import audit as polls
from consultazione.sittings.questions import audit as questions
from consultazione.sittings.record import audit as record
from consultazione.surveys import audit as surveys
from consultazione.tables import audit as tables
from consultazione.tables.accrediting import audit as accrediting
from consultazione.tables.holding import audit as holding
from consultazione.tables.on_paper import audit as on_paper
from consultazione.zones import audit as zones
from consultazione.zones.acts import audit as acts
from consultazione.zones.feedback import audit as feedback
from consultazione.zones.gatherings import audit as gatherings
from consultazione.zones.library import audit as library
from consultazione.zones.papers import audit as papers
from consultazione.zones.phases import audit as phases

ALL = (
    comments, opinions, documents, easy, signatures, erasure, memory, minutes, minutes_signing,
    moderation, outcomes, people, plan, blocks, decisions, discussion, needs, privacy, programme,
    proposals, amendments, answers, cosigners, lineage, referrals, provincial, sharing, budgets,
    sittings, agenda, applause, attendance, breaks, floor, places, polls, questions, record,
    surveys, tables, accrediting, holding, on_paper, zones, acts, feedback, gatherings, library,
    papers, phases, site_pages,
)  # fmt: skip
