"""Every event of the product, imported in one place so that the registry is complete."""

from __future__ import annotations

from consultazione.archive import events as archive
from consultazione.comments import events as comments
from consultazione.documents import events as documents
from consultazione.documents.easy import events as easy
from consultazione.documents.seals import events as seals
from consultazione.erasure import events as erasure
from consultazione.exchange import events as exchange
from consultazione.memory import events as memory
from consultazione.minutes import events as minutes
from consultazione.minutes.signing import events as minutes_signing
from consultazione.moderation import events as moderation
from consultazione.opinions import events as opinions
from consultazione.outcomes import events as outcomes
from consultazione.people import events as people
from consultazione.people.directory import events as directory
from consultazione.people.gateway import events as gateway
from consultazione.people.invitations import events as invitations
from consultazione.people.mandates import events as mandates
from consultazione.people.merging import events as merging
from consultazione.people.second_step import events as second_step
from consultazione.plan import events as plan
from consultazione.plan.approval import events as approval
from consultazione.plan.blocks import events as blocks
from consultazione.plan.decisions import events as decisions
from consultazione.plan.discussion import events as discussion
from consultazione.plan.importing import events as documents_taken_in
from consultazione.plan.needs import events as needs
from consultazione.privacy import events as privacy
from consultazione.programme import events as programme
from consultazione.proposals import events as proposals
from consultazione.proposals.amendments import events as amendments
from consultazione.proposals.answers import events as answers
from consultazione.proposals.cosigners import events as cosigners
from consultazione.proposals.lineage import events as lineage
from consultazione.proposals.referrals import events as referrals
from consultazione.provincial import events as provincial
from consultazione.setup import events as setup
from consultazione.sharing import events as sharing
from consultazione.sharing.budgets import events as budgets
from consultazione.site.calendars import events as calendars
from consultazione.site.pages import events as site_pages
from consultazione.sittings import events as sittings
from consultazione.sittings.agenda import events as agenda
from consultazione.sittings.applause import events as applause
from consultazione.sittings.attendance import events as attendance
from consultazione.sittings.breaks import events as breaks
from consultazione.sittings.chat import events as chat
from consultazione.sittings.floor import events as floor
from consultazione.sittings.places import events as places
from consultazione.sittings.polls import events as polls
from consultazione.sittings.proxies import events as proxies
from consultazione.sittings.questions import events as questions
from consultazione.sittings.quorums import events as quorums
from consultazione.sittings.record import events as record
from consultazione.sittings.video import events as video
from consultazione.surveys import events as surveys
from consultazione.tables import events as tables
from consultazione.tables.accrediting import events as accrediting
from consultazione.tables.holding import events as holding
from consultazione.tables.on_paper import events as on_paper
from consultazione.zones import events as zones
from consultazione.zones.acts import events as acts
from consultazione.zones.feedback import events as feedback
from consultazione.zones.gatherings import events as gatherings
from consultazione.zones.library import events as library
from consultazione.zones.papers import events as papers
from consultazione.zones.phases import events as phases

ALL = (
    zones, acts, phases, papers, gatherings, library, feedback, people, directory, invitations,
    mandates, merging, documents, easy, seals, second_step, gateway, tables, accrediting, holding,
    on_paper, proposals, amendments, answers, cosigners, lineage, referrals, comments, opinions,
    sittings, quorums, breaks, floor, places, attendance, proxies, polls, questions, record, agenda,
    video, chat, applause, surveys, moderation, minutes, minutes_signing, outcomes, plan, programme,
    sharing, budgets, blocks, discussion, needs, decisions, approval, documents_taken_in, exchange,
    memory, setup, provincial, archive, site_pages, calendars, erasure, privacy,
)  # fmt: skip
