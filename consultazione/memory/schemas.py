"""Schemas of the forms about past cycles, and of the memory over REST."""

from __future__ import annotations

from flask import url_for
from marshmallow import Schema, fields

from consultazione.core.columns import LARGEST_PLACE
from consultazione.memory.models import (
    ArchiveDocument,
    DocumentKind,
    Fulfilment,
    LinkKind,
    TextState,
)
from consultazione.web.fields import Choice, Day, Line, PageArgs, Prose, Whole

_YEAR = {"least": 1990, "most": 2100}


class YearsSchema(Schema):
    first_year = Whole(required=True, **_YEAR)
    last_year = Whole(required=True, **_YEAR)


class DocumentSchema(YearsSchema):
    """A document of the archive, without its file."""

    title = Line(required=True, least=3)
    kind = Choice(DocumentKind, required=True)
    body = Line(required=True)
    source = Line(required=True)
    found_at = Line(least=0, load_default=None)
    on_day = Day(load_default=None)


class FileSchema(Schema):
    """The form of a file alone has no other fields."""


class PastPrioritySchema(Schema):
    title = Line(required=True, least=3)
    source = Line(required=True)
    is_need = fields.Boolean(load_default=False)


class LinkSchema(Schema):
    kind = Choice(LinkKind, required=True)
    priority_id = Whole(load_default=None)
    earlier_id = Whole(load_default=None)
    note = Prose(least=0, load_default="", most=2000)


class AssessmentSchema(Schema):
    fulfilment = Choice(Fulfilment, required=True)
    evidence = Prose(required=True, least=10, most=4000)
    source = Line(required=True)


class CommentSchema(Schema):
    body = Prose(required=True, least=10, most=4000)


class SearchArgs(Schema):
    """Query arguments: words to look for; all documents without."""

    words = Line(least=0, load_default="")


class ArchiveDocumentOut(Schema):
    """A document of the archive; without a file, the last five are null."""

    id = fields.Integer()
    first_year = fields.Integer()
    last_year = fields.Integer()
    title = fields.String()
    kind = fields.Enum(DocumentKind, by_value=True)
    body = fields.String()
    source = fields.String()
    found_at = fields.String(allow_none=True)
    on_day = fields.Date(allow_none=True)
    text_state = fields.Enum(TextState, by_value=True)
    demo = fields.Boolean()
    file_name = fields.String(allow_none=True)
    media_type = fields.String(allow_none=True)
    size = fields.Integer(allow_none=True)
    sha256 = fields.String(allow_none=True)
    url = fields.Function(lambda row: _address(row), allow_none=True)


def _address(row: ArchiveDocument) -> str | None:
    """Where the file of a document is; None without one."""
    if row.file_name is None:
        return None
    return url_for("memory.file", archive_document_id=row.id, file_name=row.file_name)


class TextPageOut(Schema):
    """The text of a page of a document, or of a part about as long."""

    number = fields.Integer()
    body = fields.String()


class TextArgs(PageArgs):
    """Query arguments: pages with numbers above one."""

    after = Whole(load_default=0, least=0, most=LARGEST_PLACE)


class LinkOut(Schema):
    """What became of a priority from the earlier cycle to the later."""

    id = fields.Integer()
    kind = fields.Enum(LinkKind, by_value=True)
    priority_id = fields.Integer(allow_none=True)
    priority = fields.String(attribute="priority.title", allow_none=True)
    earlier_id = fields.Integer(allow_none=True)
    earlier = fields.String(attribute="earlier.title", allow_none=True)
    note = fields.String()
    demo = fields.Boolean()


class PromiseOut(Schema):
    """A priority or a conclusion of a cycle, with its assessment; null while there is none."""

    title = fields.String()
    priority_id = fields.Integer(attribute="priority.id", dump_default=None)
    item_id = fields.Integer(attribute="item.id", dump_default=None)
    fulfilment = fields.Enum(
        Fulfilment, by_value=True, attribute="assessment.fulfilment", dump_default=None
    )
    evidence = fields.String(attribute="assessment.evidence", dump_default=None)
    source = fields.String(attribute="assessment.source", dump_default=None)
    comments = fields.Integer()
