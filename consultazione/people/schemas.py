"""Schemas of the forms of people, and of people over REST."""

from __future__ import annotations

from marshmallow import Schema, fields

from consultazione.core.actor import Role
from consultazione.core.scopes import Scope
from consultazione.people.commands.tokens import MOST_DAYS, USUAL_DAYS
from consultazione.people.models import Category
from consultazione.web.fields import (
    Choice,
    Day,
    Digest,
    Email,
    Line,
    Name,
    Password,
    Prose,
    ReasonSchema,
    Whole,
)


class RegisterSchema(Schema):
    email = Email(required=True)
    display_name = Name(required=True, most=80)
    password = Password()


class SignInSchema(Schema):
    email = Email(required=True)
    password = Password()


class ChangePasswordSchema(Schema):
    password = Password()
    new_password = Password()


class ForgottenPasswordSchema(Schema):
    email = Email(required=True)


class OwnNameSchema(Schema):
    display_name = Name(required=True, most=80)


class OwnAddressSchema(Schema):
    email = Email(required=True)
    password = Password()


class EndSignInSchema(Schema):
    digest = Digest(required=True)


class AddressLinkSchema(Schema):
    secret = Line(required=True, most=100)


class NewPasswordSchema(Schema):
    secret = Line(required=True, most=100)
    new_password = Password()


class TokenSchema(Schema):
    label = Line(required=True, most=80)
    scopes = fields.List(Choice(Scope), load_default=list)
    days = Whole(load_default=USUAL_DAYS, most=MOST_DAYS)


class OrganisationSchema(Schema):
    name = Name(required=True)
    category = Choice(Category, required=True)


class CorrectOrganisationSchema(OrganisationSchema, ReasonSchema):
    version = Whole(required=True)


class MandateSchema(Schema):
    organisation_id = Whole(required=True)
    email = Email(required=True)
    act = Line(required=True)
    starts_on = Day(required=True)
    ends_on = Day(load_default=None, allow_none=True)


class CorrectMandateSchema(ReasonSchema):
    act = Line(required=True)
    starts_on = Day(required=True)
    ends_on = Day(load_default=None, allow_none=True)
    version = Whole(required=True)


class EndMandateSchema(Schema):
    ends_on = Day(required=True)
    reason = Prose(required=True, least=3, most=2000)


class RoleSchema(Schema):
    email = Email(required=True)
    role = Choice(Role, required=True)
    table_id = Whole(load_default=None, allow_none=True)


class RoleAtSchema(Schema):
    role = Choice(Role, required=True)
    table_id = Whole(load_default=None, allow_none=True)


class RenameSchema(OwnNameSchema, ReasonSchema):
    pass


class PersonOut(Schema):
    """The signed-in person, as shown to themselves."""

    id = fields.Integer()
    display_name = fields.String()
    roles = fields.List(fields.String())


class OrganisationOut(Schema):
    """An organisation of the zone's register."""

    id = fields.Integer()
    name = fields.String()
    category = fields.Enum(Category, by_value=True)
    withdrawn_at = fields.AwareDateTime(allow_none=True)
