"""Schema of the forms that take a document into a chapter."""

from __future__ import annotations

from marshmallow import Schema


class NoFieldsSchema(Schema):
    """The document travels beside the fields, and the yes to its preview says nothing more."""
