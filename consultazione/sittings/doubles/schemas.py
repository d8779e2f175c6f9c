"""The form that proposes to join two accounts."""

from __future__ import annotations

from consultazione.web.fields import Email, ReasonSchema


class MergeSchema(ReasonSchema):
    """email: of the account that is kept."""

    email = Email(required=True)
