"""Private notes of those who evaluate a proposal."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core import log
from consultazione.core.db import Transaction
from consultazione.core.errors import NotAllowed
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, acting_person, may
from consultazione.proposals.answers.events import EvaluationNoteErased, EvaluationNoteWritten
from consultazione.proposals.answers.locking import evaluated
from consultazione.proposals.answers.models import EvaluationNote
from consultazione.proposals.answers.queries import get_note
from consultazione.tables.events import table_stream


def write_evaluation_note(tx: Transaction, *, proposal_id: int, body: str) -> EvaluationNote:
    """Write a private note on a proposal, and return it; it can be written at any time.

    NotFound if there is no such proposal; NotAllowed for who does not evaluate it.
    """
    proposal = evaluated(tx, proposal_id, Permission.WRITE_EVALUATION_NOTE)
    note = EvaluationNote(
        proposal_id=proposal.id,
        author_id=acting_person(tx.actor),
        body=body,
        leaf=tx.next_leaf(),
        at=tx.now,
    )
    tx.session.add(note)
    tx.flush()
    written = EvaluationNoteWritten(
        note_id=note.id,
        proposal_id=proposal.id,
        table_id=proposal.table_id,
        body=FreeText(body),
    )
    tx.record(table_stream(proposal.table_id), written, leaves={"body": note.leaf})
    return note


def erase_evaluation_note(tx: Transaction, *, evaluation_note_id: int) -> int:
    """Erase a private note for good, here and in the log; returns the id of its proposal.

    For who wrote it, and who runs the table. NotFound if there is no such note.
    """
    found = get_note(tx.session, evaluation_note_id)
    proposal = evaluated(tx, found.proposal_id, Permission.ERASE_EVALUATION_NOTE)
    tx.session.expire(found)  # somebody may have erased it before we had our turn
    note = get_note(tx.session, evaluation_note_id)
    place = {"zone_id": proposal.table.zone_id, "table_id": proposal.table_id}
    is_own = note.author_id == tx.actor.person_id
    if not is_own and not may(tx.actor, Permission.ERASE_EVALUATION_NOTE, **place):
        raise NotAllowed(_("Only who wrote a note, or runs the table, erases it."))
    log.erase_texts(tx.session, log.position_of(tx.session, note.leaf))
    tx.session.delete(note)
    tx.flush()
    erased = EvaluationNoteErased(
        note_id=note.id, proposal_id=proposal.id, table_id=proposal.table_id
    )
    tx.record(table_stream(proposal.table_id), erased)
    return proposal.id
