"""Schemas of proxies: their forms, and what REST says of them."""

from __future__ import annotations

from marshmallow import Schema, fields

from consultazione.sittings.proxies.models import ProxyEnd
from consultazione.web.fields import Email, Line


class OwnProxySchema(Schema):
    """Who votes for the actor, and by which written act."""

    holder = Email(required=True)
    written_act = Line(required=True, most=300)


class ProxySchema(OwnProxySchema):
    """The same at the desk, for who has given the act; without a giver it is the actor."""

    giver = Email(load_default="")


class DeskProxySchema(OwnProxySchema):
    """The same at the desk, where who gives the proxy is always named."""

    giver = Email(required=True)


class ProxyOut(Schema):
    """A proxy as the reader may see it: names are null where they are not told."""

    id = fields.Integer()
    giver = fields.String(allow_none=True)
    organisation = fields.String(allow_none=True)
    holder = fields.String(allow_none=True)
    written_act = fields.String(allow_none=True)
    given_at = fields.AwareDateTime()
    ended_at = fields.AwareDateTime(allow_none=True)
    ended_because = fields.Enum(ProxyEnd, by_value=True, allow_none=True)


class ProxiesOut(Schema):
    """The proxies of a sitting, and how many a person may hold by the rule of its table."""

    most = fields.Integer()
    proxies = fields.List(fields.Nested(ProxyOut))
