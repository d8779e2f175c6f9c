"""Every table of the database, imported in one place for the migrations and the tests."""

from __future__ import annotations

from consultazione.comments import models as comments
from consultazione.comments.digests import models as digests
from consultazione.core import erasure_mark, idempotency, job_outbox, log, revisions, text_keys
from consultazione.core.incoming import erased_files
from consultazione.core.mail import bounces as mail_bounces
from consultazione.core.mail import outbox as mail_outbox
from consultazione.documents import editions
from consultazione.documents import models as documents
from consultazione.documents.easy import models as easy
from consultazione.documents.replacing import files as replaced_files
from consultazione.documents.seals import models as seals
from consultazione.documents.signatures import models as signatures
from consultazione.erasure import models as erasure
from consultazione.keys import installation
from consultazione.memory import models as memory
from consultazione.minutes import models as minutes
from consultazione.minutes.signing import models as minutes_signing
from consultazione.moderation import models as moderation
from consultazione.notices import models as notices
from consultazione.notices.mail_in import models as mail_in
from consultazione.opinions import models as opinions
from consultazione.outcomes import models as outcomes
from consultazione.people import models as people
from consultazione.people.gateway import models as gateway
from consultazione.people.invitations import models as invitations
from consultazione.people.mandates import models as mandates
from consultazione.people.merging import models as merging
from consultazione.people.passkeys import models as passkeys
from consultazione.people.second_step import models as second_step
from consultazione.plan import models as plan
from consultazione.plan.blocks import models as blocks
from consultazione.plan.decisions import models as decisions
from consultazione.plan.discussion import models as discussion
from consultazione.plan.needs import models as needs
from consultazione.privacy import models as privacy
from consultazione.programme import models as programme
from consultazione.proposals import models as proposals
from consultazione.proposals.amendments import models as amendments
from consultazione.proposals.answers import models as answers
from consultazione.proposals.cosigners import models as cosigners
from consultazione.proposals.drafts import models as proposal_drafts
from consultazione.proposals.lineage import models as lineage
from consultazione.proposals.referrals import models as referrals
from consultazione.provincial import models as provincial
from consultazione.search import models as search
from consultazione.setup import models as setup
from consultazione.sharing import models as sharing
from consultazione.sharing.budgets import models as budgets
from consultazione.site.calendars import models as calendars
from consultazione.site.pages import models as site_pages
from consultazione.sittings import models as sittings
from consultazione.sittings.agenda import models as agenda
from consultazione.sittings.applause import models as applause
from consultazione.sittings.attendance import models as attendance
from consultazione.sittings.breaks import models as breaks
from consultazione.sittings.chat import models as chat
from consultazione.sittings.floor import models as floor
from consultazione.sittings.places import models as places
from consultazione.sittings.polls import models as polls
from consultazione.sittings.proxies import models as proxies
from consultazione.sittings.questions import models as questions
from consultazione.sittings.record import models as record
from consultazione.surveys import models as surveys
from consultazione.tables import models as tables
from consultazione.tables.accrediting import models as accrediting
from consultazione.tables.holding import models as holding
from consultazione.tables.on_paper import models as on_paper
from consultazione.transparency import models as transparency
from consultazione.zones import models as zones
from consultazione.zones.acts import models as acts
from consultazione.zones.feedback import models as feedback
from consultazione.zones.gatherings import models as gatherings
from consultazione.zones.library import models as library
from consultazione.zones.papers import models as papers
from consultazione.zones.phases import models as phases

ALL = (
    idempotency, installation, log, transparency, text_keys, erasure_mark, job_outbox, revisions,
    mail_outbox, mail_bounces, mail_in, zones, acts, phases, gatherings, papers, library, feedback,
    people, passkeys, invitations, mandates, merging, second_step, gateway, documents, easy,
    signatures, seals, tables, accrediting, holding, on_paper, proposals, proposal_drafts,
    amendments, answers, cosigners, lineage, referrals, comments, digests, opinions, sittings,
    breaks, floor, places, attendance, proxies, polls, questions, record, agenda, chat, applause,
    surveys, moderation, minutes, minutes_signing, outcomes, plan, programme, sharing, budgets,
    blocks, discussion, needs, decisions, memory, setup, provincial, site_pages, calendars,
    editions, replaced_files, erased_files, erasure, privacy, notices, search,
)  # fmt: skip
