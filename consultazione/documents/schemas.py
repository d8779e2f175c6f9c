"""Schemas of the register over REST."""

from __future__ import annotations

from marshmallow import Schema, fields

from consultazione.web.fields import Line, PageArgs, Whole


class RegisterArgs(PageArgs):
    """Which part of the register, page by page."""

    kind = Line(load_default="", least=0, most=40)
    year = Whole(load_default=None, most=9999)


class RegisteredDocumentOut(Schema):
    """A numbered document. digest: SHA-256 of the document, file_digest: of its PDF, unsealed."""

    id = fields.Integer(attribute="row.id")
    kind = fields.String(attribute="row.kind")
    year = fields.Integer(attribute="row.year")
    number = fields.Integer(attribute="row.number")
    object_id = fields.Integer(attribute="row.object_id")
    title = fields.String()
    version = fields.Integer(attribute="row.version")
    digest = fields.String(attribute="row.digest")
    file_digest = fields.String(
        attribute="row.file_digest",
        allow_none=True,
        metadata={"description": "SHA-256 of the PDF, before any seal; null if none is stored."},
    )
    registered_at = fields.AwareDateTime(attribute="row.registered_at")
    annulled_at = fields.AwareDateTime(attribute="row.annulled_at", allow_none=True)
    annulled_reason = fields.String(attribute="row.annulled_reason", allow_none=True)
