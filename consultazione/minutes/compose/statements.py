"""Statements on a vote and notes to the record in the minutes, each at its point."""

from __future__ import annotations

from consultazione.minutes.compose import wording
from consultazione.minutes.compose.facts import SittingFacts
from consultazione.minutes.compose.types import StatementRow, Statements
from consultazione.sittings.polls.events import PollOpened
from consultazione.sittings.record.events import (
    StatementHidden,
    StatementRecorded,
    StatementShown,
    StatementWithdrawn,
)


def statements(facts: SittingFacts, point_id: int | None) -> Statements:
    """The statements on a point as {"statements": rows}; empty if there are none.

    A hidden statement has its reason instead of its text.
    """
    withdrawn = {event.statement_id for _, event in facts.each(StatementWithdrawn)}
    hidden, polls = _hidden(facts), {e.poll_id: e.question for _, e in facts.each(PollOpened)}
    rows: list[StatementRow] = []
    for entry, event in facts.each(StatementRecorded):
        if event.point_id != point_id or event.statement_id in withdrawn:
            continue
        reason = hidden.get(event.statement_id)
        poll = None if event.poll_id is None else wording.text(polls[event.poll_id])
        rows.append(
            {
                "kind": wording.STATEMENTS[event.statement_kind],
                "person": facts.names.person(event.person_id),
                "organisation": facts.names.organisation(event.mandate_id),
                "category_name": wording.CATEGORIES[event.category],
                "at": wording.moment(entry.at),
                "poll": poll,
                "body": None if reason is not None else wording.text(event.body),
                "reason": reason,
            }
        )
    return {"statements": rows} if rows else {}


def _hidden(facts: SittingFacts) -> dict[int, str]:
    """The reasons of the statements that stayed hidden, by statement id."""
    hidden: dict[int, str] = {}
    for entry in facts.entries:
        if isinstance(entry.event, StatementHidden):
            hidden[entry.event.statement_id] = wording.text(entry.event.reason)
        elif isinstance(entry.event, StatementShown):
            hidden.pop(entry.event.statement_id, None)
    return hidden
