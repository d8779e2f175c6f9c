"""Schemas of the signatures under minutes over REST."""

from __future__ import annotations

from marshmallow import Schema, fields

from consultazione.documents.signatures.schemas import SignatureOut
from consultazione.minutes.signing.models import SigningRole


class UnderMinutesOut(SignatureOut):
    """A signature under minutes: what was found of it, when it was given, and over what."""

    signed_at = fields.AwareDateTime()
    digest = fields.String(attribute="document_digest")


class SignerOut(Schema):
    """Who signs minutes, as what, and the signature once it is given."""

    name = fields.String()
    role = fields.Enum(SigningRole, by_value=True)
    signature = fields.Nested(
        UnderMinutesOut, attribute="given.signature", dump_default=None, allow_none=True
    )
