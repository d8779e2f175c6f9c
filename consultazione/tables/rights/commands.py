"""Commands that write a table's rule, and that admit persons to it."""

from __future__ import annotations

from dataclasses import asdict

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, require
from consultazione.people.models import Person
from consultazione.people.queries import person_by_email
from consultazione.people.separation import lock_person
from consultazione.tables.events import (
    AccreditationEnded,
    PersonAccredited,
    TableDefaultChanged,
    TableRuleChanged,
    table_stream,
)
from consultazione.tables.models import Accreditation, TableDefault, TableKind, ThematicTable
from consultazione.tables.queries import default_rule
from consultazione.tables.rules import MOST_PROXIES, Assurance, TableRule, rule_of
from consultazione.tables.working import require_working, table_in_hand
from consultazione.zones.events import zone_stream
from consultazione.zones.locking import locked_zone


def change_table_rule(tx: Transaction, *, table_id: int, rule: TableRule) -> ThematicTable:
    """Write who may attend, speak, propose and vote at a table; the same again changes nothing.

    A poll that is open goes on with those who could vote when it was opened. Locks the table FOR
    UPDATE. NotFound if there is no such table; Conflict if it is closed; Invalid for a level that
    does not exist.
    """
    table = tx.session.get(ThematicTable, table_id, with_for_update=True, populate_existing=True)
    if table is None:
        raise NotFound(_("There is no such table."))
    require(tx.actor, Permission.CHANGE_TABLE_RULE, zone_id=table.zone_id, table_id=table.id)
    require_working(table)
    _check(rule)
    if rule != rule_of(table.rule):
        table.rule = asdict(rule)
        tx.record(table_stream(table.id), TableRuleChanged(table_id=table.id, **asdict(rule)))
    return table


def change_table_default(
    tx: Transaction, *, zone_id: int, kind: TableKind, rule: TableRule
) -> TableDefault:
    """Choose the rule that a zone's new tables of a kind get; those that are there keep theirs.

    Locks the zone FOR UPDATE. NotFound if there is no such zone; Invalid for a level that does
    not exist.
    """
    require(tx.actor, Permission.CHANGE_TABLE_DEFAULT, zone_id=zone_id)
    locked_zone(tx, zone_id)
    _check(rule)
    was = default_rule(tx.session, zone_id, kind)
    row = tx.session.get(TableDefault, (zone_id, kind), populate_existing=True)
    if row is None:
        row = TableDefault(zone_id=zone_id, kind=kind)
        tx.session.add(row)
    row.rule = asdict(rule)
    if rule != was:
        changed = TableDefaultChanged(zone_id=zone_id, table_kind=kind, **asdict(rule))
        tx.record(zone_stream(zone_id), changed)
    return row


def accredit_person(tx: Transaction, *, table_id: int, email: str, reason: str) -> Accreditation:
    """Admit a person to a table by act; who is admitted already stays so.

    reason: the act, or why; public. Locks the table FOR SHARE, then the person. NotFound if there
    is no such table; Conflict if it is closed; Invalid on `email` if the address has no account;
    NotAllowed for the actor themselves.
    """
    table = table_in_hand(tx, table_id)
    require(tx.actor, Permission.ACCREDIT_PERSON, zone_id=table.zone_id, table_id=table.id)
    require_working(table)
    person = person_by_email(tx.session, email)
    if person.id == tx.actor.person_id:
        raise NotAllowed(_("Nobody admits themselves: somebody else has to do it."))
    lock_person(tx, person.id)
    return _standing(tx, table, person) or _accredit(tx, table, person, reason)


def end_accreditation(tx: Transaction, *, accreditation_id: int, reason: str) -> Accreditation:
    """End a person's admission to a table, and say why; what they did stays.

    Locks the row FOR UPDATE. NotFound if there is none; Conflict if it has ended.
    """
    row = tx.session.get(
        Accreditation, accreditation_id, with_for_update=True, populate_existing=True
    )
    if row is None:
        raise NotFound(_("There is no such admission."))
    table = tx.session.get_one(ThematicTable, row.table_id)
    require(tx.actor, Permission.END_ACCREDITATION, zone_id=table.zone_id, table_id=table.id)
    if row.ended_at is not None:
        raise Conflict(_("This admission has ended already."))
    row.ended_at, row.ended_reason = tx.now, reason
    ended = AccreditationEnded(accreditation_id=row.id, table_id=table.id, reason=FreeText(reason))
    tx.record(table_stream(table.id), ended)
    return row


def _standing(tx: Transaction, table: ThematicTable, person: Person) -> Accreditation | None:
    query = select(Accreditation).filter_by(table_id=table.id, person_id=person.id, ended_at=None)
    return tx.session.scalar(query)


def _accredit(tx: Transaction, table: ThematicTable, person: Person, reason: str) -> Accreditation:
    row = Accreditation(
        table_id=table.id,
        person_id=person.id,
        reason=reason,
        given_at=tx.now,
        given_by=tx.actor.person_id,
    )
    tx.session.add(row)
    tx.flush()
    event = PersonAccredited(
        accreditation_id=row.id,
        table_id=table.id,
        person_id=person.id,
        reason=FreeText(reason),
    )
    tx.record(table_stream(table.id), event)
    return row


def _check(rule: TableRule) -> None:
    if rule.level not in set(Assurance):
        raise Invalid.at("level", _("Choose one of the levels offered."))
    if not 0 <= rule.proxies <= MOST_PROXIES:
        raise Invalid.at(
            "proxies", _("Write a number of proxies from 0 to %(most)s.", most=MOST_PROXIES)
        )
