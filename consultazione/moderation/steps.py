"""What commands of moderation share: a text, its open case, and the role of who rules."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from consultazione.core.actor import Actor, Role
from consultazione.core.db import Transaction
from consultazione.core.errors import NotAllowed, NotFound
from consultazione.core.mail.outbox import owe
from consultazione.core.permissions import ROLE_NAMES, Permission
from consultazione.moderation.models import Case, Report, Ruling, TextKind
from consultazione.moderation.subjects import FAMILIES, Subject
from consultazione.people.models import Person
from consultazione.proposals.cosigners.queries import has_signed

# Who rules in which role, if they have several: the one nearest to the table.
_NEAREST = (Role.FACILITATOR, Role.PLAN_OFFICE, Role.ADMINISTRATOR)


def subject_in_hand(tx: Transaction, kind: TextKind, text_id: int) -> Subject:
    """The text; NotFound if there is none, or none any more."""
    subject = FAMILIES[kind].find(tx.session, text_id)
    if subject is None:
        raise NotFound(_("There is no such text, or none any more."))
    return subject


def open_case(tx: Transaction, subject: Subject) -> Case:
    """The open case of a text, locked FOR UPDATE; made if it has none."""
    values = {
        "table_id": subject.table_id,
        "text_kind": subject.kind,
        "text_id": subject.id,
        "author_id": subject.author_id,
        "opened_at": tx.now,
    }
    tx.session.execute(insert(Case).values(values).on_conflict_do_nothing())
    wanted = select(Case).filter_by(text_kind=subject.kind, text_id=subject.id, settled_at=None)
    return tx.session.scalars(wanted.with_for_update()).one()


def ruling_in_hand(tx: Transaction, ruling_id: int) -> tuple[Ruling, Subject]:
    """A ruling, locked FOR UPDATE, and its text; NotFound without either."""
    ruling = tx.session.get(
        Ruling, ruling_id, with_for_update={"of": Ruling}, populate_existing=True
    )
    if ruling is None:
        raise NotFound(_("There is no such ruling."))
    return ruling, subject_in_hand(tx, ruling.case.text_kind, ruling.case.text_id)


def require_not_author(tx: Transaction, subject: Subject) -> None:
    """NotAllowed for who wrote or signed the text: nobody rules on their own words."""
    person_id = tx.actor.person_id
    if subject.author_id == person_id:
        raise NotAllowed(_("You wrote this text: somebody else has to look at it."))
    if subject.kind is TextKind.PROPOSAL and has_signed(tx.session, subject.id, person_id):
        raise NotAllowed(_("You signed this text: somebody else has to look at it."))


def role_of(actor: Actor, permission: Permission, subject: Subject) -> Role:
    """In which role an actor who has the permission rules on a text."""
    held = actor.roles(subject.zone_id, subject.table_id) & permission.roles
    return next(role for role in _NEAREST if role in held)


def role_name(role: Role) -> str:
    """What the register calls a role."""
    return str(ROLE_NAMES[role])


def tell(tx: Transaction, kind: str, person_id: int) -> None:
    """Owe a person a mail of a kind; what it tells of is found when it is sent."""
    person = tx.session.get_one(Person, person_id)
    owe(tx, kind, person_id=person.id, language=person.language)


def reporters_of(tx: Transaction, case_id: int) -> list[int]:
    """Who has reported the text of a case."""
    wanted = select(Report.person_id).filter_by(case_id=case_id, told_at=None)
    return list(tx.session.scalars(wanted.order_by(Report.id)))
