"""Schemas of easy-to-read summaries."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from marshmallow import Schema, ValidationError, fields, validates

from consultazione.documents.easy.paper import line_by_line
from consultazione.documents.easy.reading import measure
from consultazione.documents.easy.subjects import all_subjects
from consultazione.web.fields import Line, Prose, Whole

LONGEST = 8000


class EasySummarySchema(Schema):
    """A summary, and what its writer has read: the document and the summary before."""

    body = Prose(required=True, most=LONGEST)
    digest = Line(required=True, most=64)
    version = Whole(required=True, least=0)


class NewEasySummarySchema(EasySummarySchema):
    """The same, for a document of that kind with that id."""

    subject = Line(required=True, most=40)
    object_id = Whole(required=True)

    @validates("subject")
    def is_a_subject(self, value: str, **_kwargs: object) -> None:
        """Refuse a kind that no document has."""
        known = [one.name for one in all_subjects()]
        if value not in known:
            kinds = ", ".join(known)
            raise ValidationError(str(_("Choose one of these kinds: %(kinds)s.", kinds=kinds)))


class EasySummaryOut(Schema):
    """A document in easy language. stale: whether the document has changed since.

    digest: of the document for which it was written, document_digest: of the one that stands now.
    """

    id = fields.Integer(attribute="row.id")
    subject = fields.String(attribute="row.subject")
    object_id = fields.Integer(attribute="row.object_id")
    title = fields.String(attribute="original.title")
    body = fields.String(attribute="row.body")
    version = fields.Integer(attribute="row.version")
    digest = fields.String(attribute="row.digest")
    document_digest = fields.String(attribute="original.digest")
    stale = fields.Boolean(attribute="is_stale")
    written_at = fields.AwareDateTime(attribute="row.written_at")
    gulpease = fields.Function(lambda found: measure(line_by_line(found.row.body)).gulpease)
