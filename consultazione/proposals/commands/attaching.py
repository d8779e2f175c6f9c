"""Attaching files to a proposal, and withdrawing one."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound
from consultazione.core.events import FreeText
from consultazione.core.incoming.uploads import StoredFile
from consultazione.core.permissions import Permission
from consultazione.proposals.events import ProposalFileIndexed, ProposalFileWithdrawn
from consultazione.proposals.keeping import attach, may_withdraw_files
from consultazione.proposals.locking import lock, require_at, require_discussed, require_own
from consultazione.proposals.models import Proposal, ProposalFile
from consultazione.tables.events import table_stream

# More would not fit what PostgreSQL keeps of the words of a row (1 MB).
MOST_FOUND = 200_000


def attach_to_proposal(
    tx: Transaction, *, proposal_id: int, files: Sequence[StoredFile], description: str = ""
) -> list[ProposalFile]:
    """Attach stored files to a proposal of the actor's own, and return them.

    NotAllowed for anybody but the author; Conflict if it was refused or withdrawn, or its cycle
    is past; Invalid on the field `files` if there are none, too many, or one is too large.
    """
    proposal = lock(tx, proposal_id)
    require_at(tx, Permission.ATTACH_TO_PROPOSAL, proposal)
    require_own(tx, proposal.author_id, _("Only the author may attach files to a proposal."))
    require_discussed(tx, Permission.ATTACH_TO_PROPOSAL, proposal)
    if not files:
        raise Invalid.at("files", _("Choose a file."))
    return attach(tx, proposal, files, description)


def keep_file_text(tx: Transaction, *, proposal_file_id: int, text: str) -> ProposalFile:
    """Keep what was read in a file, so that searches find it, and return the file.

    text: cut at MOST_FOUND characters. Idempotent; nothing happens if the file is withdrawn. Locks
    it FOR UPDATE. NotFound if there is none.
    """
    file = _locked(tx, proposal_file_id)
    proposal = tx.session.get_one(Proposal, file.proposal_id)
    require_at(tx, Permission.KEEP_FILE_TEXT, proposal)
    words = text.replace("\0", "")[:MOST_FOUND]
    if file.withdrawn_at is not None or file.text == words:
        return file
    file.text = words
    read = ProposalFileIndexed(
        proposal_id=proposal.id,
        table_id=proposal.table_id,
        file_id=file.id,
        characters=len(words),
    )
    tx.record(table_stream(proposal.table_id), read)
    return file


def withdraw_proposal_file(tx: Transaction, *, proposal_file_id: int, reason: str) -> ProposalFile:
    """Withdraw a file, for a reason that everybody can read; nobody can open it then.

    For the author, and for who decides on proposals at the table: NotAllowed for anybody else.
    Locks the file FOR UPDATE. NotFound if there is none; Conflict if it is withdrawn already.
    """
    file = _locked(tx, proposal_file_id)
    proposal = tx.session.get_one(Proposal, file.proposal_id)
    require_at(tx, Permission.WITHDRAW_PROPOSAL_FILE, proposal)
    if not may_withdraw_files(tx.actor, proposal):
        raise NotAllowed(_("Only the author, or who runs the table, may withdraw this file."))
    if file.withdrawn_at is not None:
        raise Conflict(_("This document is withdrawn already."))
    file.withdrawn_at, file.withdrawn_reason, file.text = tx.now, reason, None
    withdrawn = ProposalFileWithdrawn(
        proposal_id=proposal.id,
        table_id=proposal.table_id,
        file_id=file.id,
        reason=FreeText(reason),
    )
    tx.record(table_stream(proposal.table_id), withdrawn)
    return file


def _locked(tx: Transaction, file_id: int) -> ProposalFile:
    file = tx.session.get(ProposalFile, file_id, with_for_update=True)
    if file is None:
        raise NotFound(_("There is no such document."))
    return file
