"""Schemas of the forms of referrals, and of a referral over REST."""

from __future__ import annotations

from marshmallow import Schema, fields

from consultazione.web.fields import Day, Name, Prose, ReasonSchema, Whole


class ReceivingBodySchema(Schema):
    """A body, and how it is reached."""

    name = Name(required=True, least=3, most=200)
    address = Prose(required=True, least=5, most=1000)


class ReferSchema(ReasonSchema):
    """To which body a proposal is forwarded, and why."""

    receiving_body_id = Whole(required=True)


class BodyReplySchema(Schema):
    """What a body replied, and when."""

    reply = Prose(required=True, least=10, most=5000)
    replied_on = Day(required=True)


class ReferralOut(Schema):
    """Where a proposal was forwarded to, and the reply; null until it is there."""

    proposal_id = fields.Integer()
    body = fields.String(attribute="body.name")
    reason = fields.String()
    version = fields.Integer()
    at = fields.AwareDateTime()
    reply = fields.String(allow_none=True)
    replied_on = fields.Date(allow_none=True)
