"""The schema of a territory's document: its zones, its coordinators and its programmes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from consultazione.importing.parts import Items, Part, Slug, Sum, refuse_repeated
from consultazione.provincial.models import ForwardState, Section
from consultazione.web.fields import Choice, Day, Email, Line, Name, Prose, Whole
from consultazione.zones.models import TerritoryKind


class TerritoryFile(Part):
    """zones: the addresses of zones that are there, or come earlier among the files.

    drafts_shared_by: those of them whose drafts the coordinators may read.
    """

    slug = Slug(required=True)
    name = Line(required=True)
    kind = Choice(TerritoryKind, required=True)
    region = Line(required=True)
    lead_body = Line(required=True)
    presentation = Prose(least=0, load_default="")
    zones = fields.List(Slug(), required=True)
    drafts_shared_by = fields.List(Slug(), load_default=list)
    demo = fields.Boolean(load_default=False)


class CoordinatorFile(Part):
    email = Email(required=True)
    display_name = Name(required=True)
    password = fields.String(required=True)


class ProvincialTableFile(Part):
    id = Line(required=True)
    section = Choice(Section, required=True)
    name = Line(required=True)
    remit = Prose(required=True)
    demo = fields.Boolean(load_default=False)


class ForwardFile(Part):
    """A zone that a project was sent to; its answer, if it has given one, with who and when."""

    zone = Slug(required=True)
    answer = Choice(ForwardState, load_default=ForwardState.WAITING)
    reason = Prose(load_default=None)
    by = Email(load_default=None)
    day = Day(load_default=None)

    @validates_schema
    def answers_with_a_reason(self, data: Mapping[str, Any], **_kwargs: Any) -> None:
        """An answer has a reason; what still waits has none."""
        waits = data["answer"] is ForwardState.WAITING
        if waits is not (data["reason"] is None):
            raise ValidationError("Write a reason beside each answer, and only there.", "reason")


class ProjectFile(Part):
    table = Line(required=True)
    title = Line(required=True)
    body = Prose(required=True)
    amount = Sum(load_default=None)
    day = Day(load_default=None)
    forwards = fields.List(fields.Nested(ForwardFile), load_default=list)
    demo = fields.Boolean(load_default=False)


class ProvincialProgrammeFile(Part):
    start = Whole(required=True, least=1990, most=2200)
    end = Whole(required=True, least=1990, most=2200)
    projects = fields.List(fields.Nested(ProjectFile), load_default=list)
    demo = fields.Boolean(load_default=False)


class TerritoryDocument(Part):
    """A document of a file that tells of a territory; those of its zones come before it."""

    territory = fields.Nested(TerritoryFile, required=True)
    coordinators = fields.List(fields.Nested(CoordinatorFile), load_default=list)
    provincial_tables = fields.List(fields.Nested(ProvincialTableFile), load_default=list)
    provincial_programmes = fields.List(fields.Nested(ProvincialProgrammeFile), load_default=list)

    @validates_schema
    def has_each_once(self, data: Mapping[str, Items], **_kwargs: object) -> None:
        """Nothing stands in its section twice under one name."""
        refuse_repeated(data, {"coordinators": "email", "provincial_tables": "id"})
