"""Schemas of the forms of a table's rule and of admissions, and of both over REST."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, post_load, validate

from consultazione.tables.rules import MOST_PROXIES, Assurance, TableRule, Who
from consultazione.web.fields import Choice, Email, Prose, Whole

_STEPS = validate.OneOf([who.value for who in Who])


class RuleOut(Schema):
    """Who may attend, speak, propose and vote at a table."""

    attend = fields.String(validate=_STEPS)
    speak = fields.String(validate=_STEPS)
    propose = fields.String(validate=_STEPS)
    vote = fields.String(validate=_STEPS)
    level = fields.Integer()
    hall = fields.Boolean()
    proxies = fields.Integer()


class RuleSchema(Schema):
    """A table's rule; the command takes it as `rule`."""

    attend = Choice(Who, required=True)
    speak = Choice(Who, required=True)
    propose = Choice(Who, required=True)
    vote = Choice(Who, required=True)
    level = Whole(least=0, most=int(max(Assurance)), load_default=int(Assurance.IDENTIFIED))
    hall = fields.Boolean(load_default=False)
    proxies = Whole(least=0, most=MOST_PROXIES, load_default=0)

    @post_load
    def _rule(self, data: Mapping[str, Any], **_kwargs: Any) -> dict[str, TableRule]:
        return {"rule": TableRule(**data)}


class AccreditationSchema(Schema):
    """Who is admitted to a table, and by which act or for what reason."""

    email = Email(required=True)
    reason = Prose(required=True, most=1000)
