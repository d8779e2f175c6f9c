"""Schemas of the forms of setting up: the first start, the steps of a draft, the settings."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from marshmallow import Schema, ValidationError, fields, validates_schema

from consultazione.setup.checks import LONGEST_SLUG
from consultazione.setup.commands.cycles import CyclePart
from consultazione.setup.presets import ChapterPreset, TablePreset
from consultazione.tables.models import TableKind
from consultazione.web.fields import Choice, Day, Email, Line, Link, Name, Password, Prose, Whole
from consultazione.zones.models import (
    CORRECTION_DAYS,
    MOST_CORRECTION_DAYS,
    MOST_SIGN_OFF_DAYS,
    SIGN_OFF_DAYS,
    ApprovalWay,
    Colour,
    PhaseKind,
    SignOffRule,
    WithoutQuorum,
    ZoneKind,
)


class MaybeEmail(Email):
    """An e-mail address, or nothing."""

    def deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        return "" if value in ("", None) else super().deserialize(value, *args, **kwargs)


def _list(**kwargs: Any) -> Prose:
    return Prose(least=0, most=20_000, load_default="", **kwargs)


class FirstStartSchema(Schema):
    secret = Line(required=True, most=100)
    email = Email(required=True)
    display_name = Name(required=True, most=80)
    password = Password()


class PlaceStep(Schema):
    name = Name(required=True)
    slug = Line(least=0, most=LONGEST_SLUG, load_default="")
    kind = Choice(ZoneKind, required=True)
    lead_body = Name(required=True)
    presentation = Prose(least=0, most=2000, load_default="")


class LookStep(Schema):
    colour = Choice(Colour, required=True)


class BodiesStep(Schema):
    municipalities = _list()
    unions = _list()
    health_authorities = _list()
    regions = _list()
    private_bodies = _list()


class CycleStep(Schema):
    first_year = Whole(required=True, least=1990, most=2200)
    last_year = Whole(required=True, least=1990, most=2200)
    phases = fields.List(Choice(PhaseKind), load_default=list)
    starts_on = Day(load_default=None, allow_none=True)

    @validates_schema
    def check_years(self, data: Any, **_kwargs: Any) -> None:
        """The last year is not before the first, and the plan spans ten years at most."""
        if data["last_year"] < data["first_year"]:
            raise ValidationError(
                {
                    "last_year": [
                        str(_("The cycle ends before it begins: correct one of the years."))
                    ]
                }
            )
        if data["last_year"] - data["first_year"] > 9:
            raise ValidationError(
                {"last_year": [str(_("A cycle is ten years long at most: check the years."))]}
            )


class ChaptersStep(Schema):
    chapters = Choice(ChapterPreset, required=True)
    own_chapters = _list()


class TablesStep(Schema):
    tables = Choice(TablePreset, required=True)
    own_tables = _list()
    beside = fields.List(Choice(TableKind), load_default=list)


class RolesStep(Schema):
    sign_off_rule = Choice(SignOffRule, required=True)
    sign_off_days = Whole(most=MOST_SIGN_OFF_DAYS, load_default=SIGN_OFF_DAYS)
    correction_days = Whole(least=0, most=MOST_CORRECTION_DAYS, load_default=CORRECTION_DAYS)
    approval_way = Choice(ApprovalWay, load_default=ApprovalWay.CHAIR_AND_SECRETARY)
    administrators = _list()
    plan_office = _list()
    facilitators = _list()


class ContactsStep(Schema):
    contact_email = MaybeEmail(load_default="")
    contact_phone = Line(least=0, most=60, load_default="")
    contact_address = Line(least=0, load_default="")
    contact_pec = MaybeEmail(load_default="")
    contact_hours = Line(least=0, load_default="")
    website = Link(least=0, load_default="")
    privacy_url = Link(least=0, load_default="")
    accessibility_url = Link(least=0, load_default="")


STEP_SCHEMAS: dict[str, type[Schema]] = {
    "zona": PlaceStep,
    "aspetto": LookStep,
    "enti": BodiesStep,
    "ciclo": CycleStep,
    "capitoli": ChaptersStep,
    "tavoli": TablesStep,
    "regole": RolesStep,
    "contatti": ContactsStep,
}


class ZoneSettingsSchema(ContactsStep):
    name = Name(required=True)
    lead_body = Name(required=True)
    presentation = Prose(least=0, most=2000, load_default="")
    colour = Choice(Colour, required=True)
    sign_off_rule = Choice(SignOffRule, required=True)
    without_quorum = Choice(WithoutQuorum, required=True)
    sign_off_days = Whole(required=True, most=MOST_SIGN_OFF_DAYS)
    four_eyes = fields.Boolean(load_default=False, truthy={"yes"})
    correction_days = Whole(least=0, most=MOST_CORRECTION_DAYS, load_default=0)
    approval_way = Choice(ApprovalWay, load_default=ApprovalWay.CHAIR)
    chat_kept = fields.Boolean(load_default=False, truthy={"yes"})
    frame_hosts = Prose(least=0, most=3000, load_default="")


class LogoSchema(Schema):
    remove = fields.Boolean(load_default=False, truthy={"yes"})


class ChapterSchema(Schema):
    title = Line(required=True)
    description = Prose(least=0, most=2000, load_default="")
    mandatory = fields.Boolean(load_default=False, truthy={"yes"})


class TableSettingsSchema(Schema):
    name = Line(required=True)
    kind = Choice(TableKind, required=True)
    remit = Prose(required=True, most=2000)
    coordinator = Line(least=0, load_default="")
    version = Whole(required=True)
    reason = Prose(required=True, least=10, most=2000)


class MoveTableSchema(Schema):
    up = fields.Boolean(load_default=False, truthy={"yes"})


class CopyCycleSchema(Schema):
    first_year = Whole(required=True, least=1990, most=2200)
    last_year = Whole(required=True, least=1990, most=2200)
    parts = fields.List(Choice(CyclePart), load_default=list)
    priority_ids = fields.List(Whole(), load_default=list)
