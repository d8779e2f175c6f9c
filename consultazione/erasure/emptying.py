"""Emptying an account, whoever asked for it: by order, or its owner themselves."""

from __future__ import annotations

from sqlalchemy import delete, text

from consultazione.core.db import Transaction
from consultazione.core.mail.bounces import MailBounces
from consultazione.documents.signatures.keeping import take_signer_out
from consultazione.notices.mail_in.models import TakenMail
from consultazione.notices.models import Follow, Notice, NoticeSetting, UnsubscribeKey
from consultazione.opinions.models import OpinionAnswer
from consultazione.people.commands.accounts import end_sign_ins
from consultazione.people.commands.open_links import withdraw_links
from consultazione.people.commands.tokens import withdraw_tokens
from consultazione.people.gateway.models import GatewayIdentity
from consultazione.people.models import Person
from consultazione.people.passkeys.models import Passkey
from consultazione.people.second_step.forgetting import forget_second_step
from consultazione.proposals.drafts.models import ProposalDraft
from consultazione.site.calendars.models import CalendarAddress
from consultazione.surveys.models import SurveyAnswer, SurveyParticipant

# Whose rows go with an account: what opens it, and what is nobody else's affair. Answers to an
# opinion map or a survey stand there until it is drawn or closed; then they are told without names,
# and gone anyway.
_OWNERS = (
    Passkey.person_id,
    GatewayIdentity.person_id,
    ProposalDraft.person_id,
    OpinionAnswer.person_id,
    SurveyAnswer.person_id,
    SurveyParticipant.person_id,
    Follow.person_id,
    Notice.person_id,
    NoticeSetting.person_id,
    UnsubscribeKey.person_id,
    TakenMail.person_id,
    MailBounces.person_id,
    CalendarAddress.person_id,
)


def empty(tx: Transaction, person: Person, name: str) -> None:
    """Leave of an account that is locked its id alone, under another name.

    The files that the person signed go, since each bears the name in its certificate; so do their
    drafts, their answers to opinion maps and surveys, and what they follow. Records nothing: the
    caller's command does.
    """
    person.display_name, person.name_key, person.name_mark = name, "", 1
    person.email = person.password_hash = None
    person.blocked_at, person.blocked_reason = person.blocked_at or tx.now, None
    end_sign_ins(tx, person.id)
    withdraw_tokens(tx, person.id)
    withdraw_links(tx, person.id)
    for owner in _OWNERS:
        tx.session.execute(delete(owner.class_).where(owner == person.id))
    forget_second_step(tx, person.id)
    take_signer_out(tx, person.id, name)
    tx.flush()
    tx.session.execute(text("SELECT forget_former_names(:id)"), {"id": person.id})
