"""The schema of the memory in a zone's file: archive, cycles of before, promises."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from consultazione.importing.parts import Encoded, Part
from consultazione.memory.models import DocumentKind, Fulfilment, LinkKind
from consultazione.web.fields import Choice, Day, Email, Line, Prose, Whole


class Years(Line):
    """The years of a cycle, as addresses have them: 2012-2014."""

    def __init__(self, **kwargs: Any) -> None:
        check = validate.Regexp(r"^\d{4}-\d{4}$", error="Write the years such as 2012-2014.")
        super().__init__(validate=(check,), **kwargs)


class ArchiveFile(Part):
    """A document of past years: its title alone, or with a text or another file in Base64."""

    title = Line(required=True)
    kind = Choice(DocumentKind, required=True)
    first_year = Whole(required=True, least=1900, most=2200)
    last_year = Whole(required=True, least=1900, most=2200)
    body = Line(required=True)
    source = Line(required=True)
    found_at = Line(load_default=None, most=300)
    on_day = Day(load_default=None)
    file_name = Line(load_default=None)
    text = Prose(load_default=None)
    content = Encoded(load_default=None)
    demo = fields.Boolean(load_default=False)

    @validates_schema
    def one_file(self, data: Mapping[str, Any], **_: Any) -> None:
        """A file has a name, and either a text or bytes."""
        given = [name for name in ("text", "content") if data[name] is not None]
        if len(given) != (data["file_name"] is not None):
            raise ValidationError("Write file_name with either text or content.", "file_name")


class PastPriorityFile(Part):
    title = Line(required=True)
    is_need = fields.Boolean(load_default=False)
    source = Line(required=True)


class PastCycleFile(Part):
    start = Whole(required=True, least=1990, most=2200)
    end = Whole(required=True, least=1990, most=2200)
    priorities = fields.List(fields.Nested(PastPriorityFile), load_default=list)


class PriorityLinkFile(Part):
    """What became of a priority of an earlier cycle in `cycle`, the document's if left out.

    if_there: leave the link out if the zone has not the earlier cycle.
    """

    kind = Choice(LinkKind, required=True)
    earlier_cycle = Years(required=True)
    cycle = Years(load_default=None)
    earlier = Line(load_default=None)
    priority = Line(load_default=None)
    note = Prose(least=0, load_default="")
    if_there = fields.Boolean(load_default=False)
    demo = fields.Boolean(load_default=False)


class PromiseCommentFile(Part):
    author = Email(required=True)
    body = Prose(required=True)


class PromiseFile(Part):
    """What became of a priority, or of a conclusion of a closed outcome."""

    cycle = Years(load_default=None)
    priority = Line(load_default=None)
    conclusion = Prose(load_default=None)
    fulfilment = Choice(Fulfilment, required=True)
    evidence = Prose(required=True)
    source = Line(required=True)
    by = Email(load_default=None)
    assessed_on = Day(load_default=None)
    comments = fields.List(fields.Nested(PromiseCommentFile), load_default=list)
    demo = fields.Boolean(load_default=False)

    @validates_schema
    def one_promise(self, data: Mapping[str, Any], **_: Any) -> None:
        """One thing was promised."""
        if (data["priority"] is None) == (data["conclusion"] is None):
            raise ValidationError("Write either priority or conclusion.", "priority")
