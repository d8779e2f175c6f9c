"""Schemas of whatever form signs a document, and of signatures over REST."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from marshmallow import Schema, ValidationError, fields, validates_schema

from consultazione.documents.signatures.sentences import sentences
from consultazione.documents.signatures.ways import Way
from consultazione.web.fields import Choice, Line, Password


class SigningSchema(Schema):
    """Which document is signed, and by what. A passkey and a code take no password."""

    digest = Line(required=True)
    method = Choice(Way, load_default=Way.PASSWORD)
    password = Password(least=0)
    code = Line(load_default="", least=0, most=20)
    challenge = fields.String(load_default="")
    assertion = fields.String(load_default="")

    @validates_schema
    def has_a_password(self, data: Mapping[str, object], **_kwargs: Any) -> None:
        """Refuse an empty password where there has to be one."""
        if data.get("method") is Way.CODE:
            if not data.get("code"):
                raise ValidationError({"code": [_("Please fill in this field.")]})
        elif data.get("method") is not Way.PASSKEY and not data.get("password"):
            raise ValidationError({"password": [_("Please fill in this field.")]})


class SignatureOut(Schema):
    """What was found of a signature; `told` is the same in words."""

    id = fields.Integer()
    method = fields.String()
    report = fields.Dict()
    file_sha256 = fields.String(allow_none=True)
    told = fields.Function(lambda signature: sentences(signature.report))
