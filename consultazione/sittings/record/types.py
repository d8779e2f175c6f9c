"""The record of a sitting as the room and its authors are sent it, ready for JSON."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from consultazione.sittings.record.models import StatementKind, StatementState
from consultazione.sittings.types import People


class StatementSnapshot(TypedDict):
    """A statement for the record that everybody sees; `poll_id` is that of a statement of vote."""

    id: int
    kind: StatementKind
    person_id: int
    point_id: int | None
    poll_id: int | None
    body: str


class CommitmentSnapshot(TypedDict):
    """What a person or an organisation has undertaken; `due_on` is a day."""

    id: int
    point_id: int | None
    body: str
    person_id: int | None
    organisation_id: int | None
    organisation: str | None
    due_on: str


class RecordSnapshot(TypedDict):
    """The newest statements, how many there are and how many are hidden; the commitments."""

    statements: list[StatementSnapshot]
    count: int
    hidden: int
    commitments: list[CommitmentSnapshot]


class RecordPart(TypedDict):
    """The record, and the names of those it speaks of."""

    record: RecordSnapshot
    people: People


class OwnStatement(TypedDict):
    """A statement as its author and the chair see it; `reason` says why its words are left out."""

    id: int
    kind: StatementKind
    person_id: int
    poll_id: int | None
    body: str
    state: StatementState
    reason: str | None
    made_at: str


class NoteText(TypedDict):
    """A running note, and the version to write on from."""

    body: str
    version: int


class Phrase(TypedDict):
    """A stock phrase; one that cannot be removed has no id."""

    id: int | None
    body: str


class OrganisationRow(TypedDict):
    """An organisation that may undertake something."""

    id: int
    name: str


class OwnRecord(TypedDict):
    """One's own statements; the chair's also what helps to write the record.

    notes: by the point's id as text. hidden: the statements whose words are left out.
    """

    own: list[OwnStatement]
    notes: NotRequired[dict[str, NoteText]]
    phrases: NotRequired[list[Phrase]]
    hidden: NotRequired[list[OwnStatement]]
    organisations: NotRequired[list[OrganisationRow]]
