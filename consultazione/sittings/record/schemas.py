"""Schemas of running notes, phrases, statements and commitments."""

from __future__ import annotations

from marshmallow import Schema, fields

from consultazione.sittings.record.models import (
    LONGEST_COMMITMENT,
    LONGEST_NOTE,
    LONGEST_PHRASE,
    LONGEST_STATEMENT,
)
from consultazione.web.fields import Day, Line, Prose, Whole


class NoteSchema(Schema):
    """A running note, and the version that it was written on from."""

    body = Prose(most=LONGEST_NOTE, least=0, required=True)
    version = Whole(least=0, required=True)


class ChangedPhraseSchema(Schema):
    """Other words for a stock phrase, and the version that was read."""

    body = Line(most=LONGEST_PHRASE, required=True)
    version = Whole(required=True)


class ZonePhraseOut(Schema):
    """A stock phrase of a zone."""

    id = fields.Integer()
    body = fields.String()
    version = fields.Integer()


class PhraseSchema(Schema):
    """A stock phrase."""

    body = Line(most=LONGEST_PHRASE, required=True)


class StatementSchema(Schema):
    """A statement for the record, and the poll that it is about; null is none."""

    body = Prose(most=LONGEST_STATEMENT, required=True)
    poll_id = Whole(data_key="poll", load_default=None, allow_none=True)


class UndertakingSchema(Schema):
    """What is undertaken, by which person or organisation, and until when."""

    body = Prose(most=LONGEST_COMMITMENT, required=True)
    person_id = Whole(data_key="person", load_default=None, allow_none=True)
    organisation_id = Whole(data_key="organisation", load_default=None, allow_none=True)
    due_on = Day(required=True)
