"""Which text an address is about, the addresses of texts, and where the actor moderates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from consultazione.core.actor import Actor
from consultazione.core.errors import NotFound
from consultazione.core.permissions import Permission, may
from consultazione.moderation.models import TextKind
from consultazione.moderation.subjects import FAMILIES, Subject
from consultazione.tables.models import ThematicTable

# How the number of a text of each kind is called in addresses.
ARGUMENTS: Mapping[TextKind, str] = {
    TextKind.PROPOSAL: "proposal_id",
    TextKind.COMMENT: "comment_id",
    TextKind.QUESTION: "question_id",
    TextKind.STATEMENT: "statement_id",
    TextKind.CHAT_MESSAGE: "chat_message_id",
}


def named(address: Mapping[str, int]) -> tuple[TextKind, int]:
    """The kind and the number of the text in an address."""
    ((argument, text_id),) = address.items()
    return next(kind for kind, name in ARGUMENTS.items() if name == argument), text_id


def subject_at(session: Session, address: Mapping[str, int]) -> Subject:
    """The text in an address; NotFound if there is none, or none any more."""
    kind, text_id = named(address)
    subject = FAMILIES[kind].find(session, text_id)
    if subject is None:
        raise NotFound(_("There is no such text, or none any more."))
    return subject


def report_url(kind: TextKind, text_id: int) -> str:
    """Where a text is reported."""
    return _url("moderation.report", {ARGUMENTS[kind]: text_id})


def ruling_url(kind: TextKind, text_id: int) -> str:
    """Where somebody rules on a text."""
    return _url("moderation.rule", {ARGUMENTS[kind]: text_id})


def home_url(subject: Subject) -> str:
    """Where a text stands."""
    endpoint, arguments = subject.home
    return _url(endpoint, arguments)


def moderated_by(actor: Actor, places: list[ThematicTable]) -> list[int]:
    """The numbers of those tables at which the actor rules on texts."""
    return [
        table.id
        for table in places
        if may(actor, Permission.RULE_ON_TEXT, zone_id=table.zone_id, table_id=table.id)
    ]


def _url(endpoint: str, arguments: Mapping[str, Any]) -> str:
    return url_for(endpoint, **arguments)
