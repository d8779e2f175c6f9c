"""Schemas of the answer form, and of outcomes over REST."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _
from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from consultazione.core.errors import Sentence
from consultazione.documents.signatures.schemas import SignatureOut, SigningSchema
from consultazione.outcomes.answers import refusals, tally, told_of, told_of_item
from consultazione.outcomes.commands.answering import Otherwise
from consultazione.outcomes.labels import CHOICES
from consultazione.outcomes.models import Answer, ClosedBy, Outcome, OutcomeState
from consultazione.web.fields import Choice, Day, Line, Prose, Whole
from consultazione.zones.models import SignOffRule


class ItemChoice(StrEnum):
    """What the form offers for one conclusion: the answer to all of them, or its own."""

    AS_ALL = "as_all"
    SIGNED = "signed"
    SIGNED_WITH_NOTE = "signed_with_note"
    DECLINED = "declined"


_GIVEN = validate.OneOf(list(CHOICES), error=_("Choose one of the answers offered."))


def _note() -> Prose:
    return Prose(load_default="", least=0, most=5000)


class AnswerSchema(Schema):
    """A union's answer to a document, before it is signed; made by `answer_schema`."""

    organisation_id = Whole(required=True)
    digest = Line(required=True)
    answer = Choice(Answer, required=True, validate=_GIVEN)
    note = _note()

    @validates_schema
    def notes_have_their_places(self, data: Mapping[str, object], **_kwargs: Any) -> None:
        """Refuse a note on a plain signature, rather than dropping it silently; miss no other."""
        faults = {
            f"note{of}": [str(fault)]
            for of in _parts(data)
            if (fault := _fault(data[f"answer{of}"], data.get(f"note{of}", "")))
        }
        if faults:
            raise ValidationError(faults)

    @post_load
    def gather(self, data: Mapping[str, object], **_kwargs: Any) -> Mapping[str, object]:
        """The answers to single conclusions that are not the answer to all, as one list."""
        single = [of for of in _parts(data) if of]
        otherwise = [
            Otherwise(
                item_id=int(of.removeprefix("_")),
                answer=Answer(str(data[f"answer{of}"])),
                note=str(data[f"note{of}"]),
            )
            for of in single
            if data[f"answer{of}"] is not ItemChoice.AS_ALL
        ]
        of_items = {f"{name}{of}" for of in single for name in ("answer", "note")}
        return {name: data[name] for name in data.keys() - of_items} | {"otherwise": otherwise}


class SignedAnswerSchema(SigningSchema, AnswerSchema):
    """The same, with what it is signed by."""


class AdhesionSchema(SigningSchema):
    """An organisation that adheres to a document, and what it is signed by."""

    organisation_id = Whole(required=True)


def answer_schema(item_ids: Collection[int], *, signed: bool) -> Schema:
    """The schema of an answer to an outcome with these conclusions.

    A form that says nothing of a conclusion answers it as it answers all.
    """
    base = SignedAnswerSchema if signed else AnswerSchema
    single: dict[str, Any] = {}
    for item_id in item_ids:
        single[f"answer_{item_id}"] = Choice(ItemChoice, load_default=ItemChoice.AS_ALL)
        single[f"note_{item_id}"] = _note()
    return base.from_dict(single, name=base.__name__)()


class DeadlineSchema(Schema):
    due_on = Day(required=True)
    reason = Prose(required=True, most=2000)


class CloseSchema(Schema):
    reason = Prose(required=True, most=2000)


def _parts(data: Mapping[str, object]) -> list[str]:
    """What follows `answer` in the names of the fields: nothing for all, the id for one."""
    return [name.removeprefix("answer") for name in data if name.startswith("answer")]


def _fault(choice: object, note: object) -> Sentence | None:
    """What is wrong with a note beside an answer."""
    if choice in (Answer.SIGNED, ItemChoice.SIGNED, ItemChoice.AS_ALL):
        taken_out = _("You wrote a note: choose to sign with a note, or take the text out.")
        return taken_out if note else None
    return None if note else _("Write the note that goes on the record, or the reason.")


class ItemAnswerOut(Schema):
    """A union's answer to one conclusion, where it differs from its answer to the rest."""

    item_id = fields.Integer()
    answer = fields.Enum(Answer, by_value=True)
    note = fields.String(allow_none=True)


class PartyOut(Schema):
    """A union asked to answer, with its answer once given.

    signed_by, office: who answered, and the act of the mandate under which they did.
    """

    organisation_id = fields.Integer()
    organisation = fields.String(attribute="organisation.name")
    answer = fields.Enum(Answer, by_value=True, allow_none=True)
    note = fields.String(allow_none=True)
    otherwise = fields.List(fields.Nested(ItemAnswerOut))
    signed_by = fields.String(attribute="mandate.person.shown_name", dump_default=None)
    office = fields.String(attribute="mandate.act", dump_default=None)
    digest = fields.String(allow_none=True)
    method = fields.String(allow_none=True)
    signature = fields.Nested(SignatureOut, allow_none=True)
    answered_at = fields.AwareDateTime(allow_none=True)


class AdherentOut(Schema):
    """An organisation that adheres without having been asked to sign, and who declared it."""

    id = fields.Integer()
    organisation_id = fields.Integer()
    organisation = fields.String(attribute="organisation.name")
    signed_by = fields.String(attribute="mandate.person.shown_name")
    office = fields.String(attribute="mandate.act")
    digest = fields.String()
    method = fields.String()
    signature = fields.Nested(SignatureOut)
    adhered_at = fields.AwareDateTime()


class OutcomeOut(Schema):
    """An outcome with its parties."""

    id = fields.Integer()
    table_id = fields.Integer()
    minutes_id = fields.Integer()
    state = fields.Enum(OutcomeState, by_value=True)
    rule = fields.Enum(SignOffRule, by_value=True)
    digest = fields.String()
    opened_at = fields.AwareDateTime()
    due_on = fields.Date(allow_none=True)
    closed_at = fields.AwareDateTime(allow_none=True)
    closed_by = fields.Enum(ClosedBy, by_value=True, allow_none=True)
    closed_reason = fields.String(allow_none=True)
    tally = fields.Function(tally)
    told = fields.Function(told_of)
    parties = fields.List(fields.Nested(PartyOut))
    adherents = fields.List(fields.Nested(AdherentOut))


class ItemOut(Schema):
    """A conclusion, with the unions' answers as words; `declined_by` are names of unions."""

    id = fields.Integer(attribute="item.id")
    rank = fields.Integer(attribute="item.rank")
    told = fields.String()
    declined_by = fields.List(fields.String())


class WholeOutcomeOut(OutcomeOut):
    """An outcome with the document to be signed, whose canonical bytes the digest covers."""

    document = fields.Dict()
    items = fields.Method("told_items")

    def told_items(self, outcome: Outcome) -> Any:
        """The conclusions in the order of the document."""
        declined = refusals(outcome)
        rows = [
            {
                "item": item,
                "told": told_of_item(outcome, item.id),
                "declined_by": declined[item.id],
            }
            for item in outcome.items
        ]
        return ItemOut(many=True).dump(rows)
