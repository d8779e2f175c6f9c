"""Moves of a played sitting that write something down: notes, statements, commitments."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from consultazione.core import clock
from consultazione.core.db import Transaction
from consultazione.sittings.agenda.commands.papers import attach_material, detach_material
from consultazione.sittings.record.commands.commitments import (
    cancel_commitment,
    make_commitment,
    revise_commitment,
)
from consultazione.sittings.record.commands.notes import write_running_note
from consultazione.sittings.record.commands.statements import (
    hide_statement,
    make_statement,
    show_statement,
    withdraw_statement,
)
from consultazione.sittings.record.snapshot import hidden_statements
from consultazione.tables.models import Material

Snapshot = dict[str, Any]


def one(rows: list[Any], which: int) -> int:
    """The id of one of some rows; of none that exists, if there are no rows."""
    found: int = rows[which % len(rows)]["id"] if rows else 2**40
    return found


def _make(tx: Transaction, now: Snapshot, which: int) -> Any:
    """A statement on the point at hand, or every other time on the last poll."""
    poll_id = one(now["polls"], -1) if which % 2 and now["polls"] else None
    body = f"For the record, {which}."
    return make_statement(tx, sitting_id=now["sitting"]["id"], body=body, poll_id=poll_id)


def _withdraw(tx: Transaction, now: Snapshot, which: int) -> Any:
    return withdraw_statement(tx, statement_id=one(now["record"]["statements"], which))


def _leave_out(tx: Transaction, now: Snapshot, which: int) -> Any:
    """Hide one of the statements, or show one that is hidden."""
    hidden = hidden_statements(tx.session, now["sitting"]["id"])
    if hidden and which % 2:
        return show_statement(tx, statement_id=one(hidden, which))
    shown = now["record"]["statements"]
    return hide_statement(tx, statement_id=one(shown, which), reason="A name")


def _undertaking(now: Snapshot, which: int) -> dict[str, Any]:
    """Somebody who is there, and a day."""
    present = now["presence"]["present"]
    person_id = present[which % len(present)] if present else 2**40
    return {"person_id": person_id, "due_on": clock.today() + timedelta(days=which)}


def _undertake(tx: Transaction, now: Snapshot, which: int) -> Any:
    given = _undertaking(now, which)
    return make_commitment(tx, sitting_id=now["sitting"]["id"], body=f"Do {which}.", **given)


def _revise(tx: Transaction, now: Snapshot, which: int) -> Any:
    commitment_id = one(now["record"]["commitments"], which)
    given = _undertaking(now, which + 1)
    return revise_commitment(tx, commitment_id=commitment_id, body=f"Do {which} soon.", **given)


def _cancel(tx: Transaction, now: Snapshot, which: int) -> Any:
    return cancel_commitment(tx, commitment_id=one(now["record"]["commitments"], which))


def _note(tx: Transaction, now: Snapshot, which: int) -> Any:
    return write_running_note(
        tx, point_id=one(now["agenda"], which), body=f"Noted {which}.", version=0
    )


def _attach(tx: Transaction, now: Snapshot, which: int) -> Any:
    """Put the last document that was published beside a point."""
    latest = tx.session.scalar(select(func.max(Material.id))) or 2**40
    return attach_material(tx, point_id=one(now["agenda"], which), material_id=latest)


def _detach(tx: Transaction, now: Snapshot, which: int) -> Any:
    point = now["agenda"][which % len(now["agenda"])]
    return detach_material(tx, point_id=point["id"], material_id=one(point["materials"], 0))


# Two that everybody may send, then those of the chair.
MOVES: list[Callable[[Transaction, Snapshot, int], Any]] = [
    _make, _withdraw, _leave_out, _undertake, _revise, _cancel, _note, _attach, _detach,
]  # fmt: skip
EVERYBODYS = 2
