"""What commands on texts on paper share: noting one, and who may not decide on it."""

from __future__ import annotations

import secrets
from datetime import date

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid, NotAllowed
from consultazione.core.events import FreeText
from consultazione.core.permissions import acting_person
from consultazione.people.events import PersonRegistered, person_stream
from consultazione.people.own_data.naming import new_person
from consultazione.tables.events import table_stream
from consultazione.tables.holding.models import HeldKind
from consultazione.tables.models import ThematicTable
from consultazione.tables.on_paper.events import PaperTextEntered
from consultazione.tables.on_paper.models import PaperText
from consultazione.tables.on_paper.naming import name_on_paper
from consultazione.zones.models import Zone

# Letters and digits that nobody takes for each other on paper; fifty bits.
_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_LENGTH = 10


def note_paper(
    tx: Transaction,
    table: ThematicTable,
    *,
    kind: HeldKind,
    named_as: str,
    received_on: date,
    received_at: str,
) -> PaperText:
    """Note a text that came on paper, and open the account that it speaks as; checks nobody.

    Invalid on `named_as` as in `name_on_paper`, on `received_on` for a day to come.
    """
    if received_on > tx.today:
        raise Invalid.at("received_on", _("This day is still to come."))
    person = new_person(tx, name_on_paper(named_as), email_confirmed_at=tx.now)
    tx.session.add(person)
    tx.flush()
    tx.record(person_stream(person.id), PersonRegistered(person_id=person.id))
    paper = PaperText(
        table_id=table.id,
        person_id=person.id,
        entered_by=acting_person(tx.actor),
        kind=kind,
        received_on=received_on,
        received_at=received_at,
        code="".join(secrets.choice(_SIGNS) for _sign in range(_LENGTH)),
        entered_at=tx.now,
    )
    tx.session.add(paper)
    tx.flush()
    entered = PaperTextEntered(
        paper_id=paper.id,
        table_id=table.id,
        person_id=person.id,
        text_kind=kind,
        received_on=received_on,
        received_at=FreeText(received_at),
    )
    tx.record(table_stream(table.id), entered)
    return paper


def require_other_eyes(tx: Transaction, author_id: int, zone_id: int) -> None:
    """NotAllowed for who has entered a text on paper, in a zone that asks for four eyes."""
    if not tx.session.get_one(Zone, zone_id).four_eyes:
        return
    entered = select(PaperText.entered_by).where(PaperText.person_id == author_id)
    if tx.session.scalar(entered) == tx.actor.person_id:
        raise NotAllowed(_("You entered this text from paper: somebody else decides on it."))
