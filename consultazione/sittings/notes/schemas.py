"""The shapes of what is written down in a sitting."""

from __future__ import annotations

from marshmallow import Schema

from consultazione.sittings.notes.models import LONGEST_COMMITMENT
from consultazione.web.fields import Day, Prose, Whole


class UndertakingSchema(Schema):
    """What is undertaken, by which person or organisation, and until when."""

    body = Prose(most=LONGEST_COMMITMENT, required=True)
    person_id = Whole(data_key="person", load_default=None, allow_none=True)
    organisation_id = Whole(data_key="organisation", load_default=None, allow_none=True)
    due_on = Day(required=True)
