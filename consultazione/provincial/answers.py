"""Maps an answer to its command, for the pages and the REST interface."""

from __future__ import annotations

from consultazione.core.db import Transaction
from consultazione.provincial.commands.answering import accept_project, refuse_project
from consultazione.provincial.models import ForwardState, ProjectForward

_COMMANDS = {ForwardState.ACCEPTED: accept_project, ForwardState.REFUSED: refuse_project}


def answer_project(
    tx: Transaction, *, forward_id: int, answer: ForwardState, reason: str
) -> ProjectForward:
    """Run the command for an answer, which is not WAITING."""
    return _COMMANDS[answer](tx, forward_id=forward_id, reason=reason)
