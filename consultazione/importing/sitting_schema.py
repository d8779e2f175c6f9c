"""The schema of the sittings in a zone's file, those to come and those past."""

from __future__ import annotations

from marshmallow import fields

from consultazione.importing.parts import Part, TimeOfDay
from consultazione.web.fields import Email, Line, Prose, Whole


class PointFile(Part):
    title = Line(required=True)
    minutes = Whole(load_default=None, most=600)
    proposal = Whole(load_default=None)


class SittingFile(Part):
    table = Line(required=True)
    title = Line(required=True)
    place = Line(required=True)
    days_from_now = Whole(required=True, least=0, most=365)
    at = TimeOfDay(required=True)
    agenda = fields.List(fields.Nested(PointFile), required=True)


class SpeakerFile(Part):
    who = Email(required=True)
    minutes = Whole(required=True, most=120)


class PollFile(Part):
    question = Prose(required=True)
    ballots = fields.Dict(keys=Email(), values=Line(), required=True)


class PastPointFile(Part):
    title = Line(required=True)
    minutes = Whole(required=True, most=600)
    proposal = Whole(load_default=None)
    speakers = fields.List(fields.Nested(SpeakerFile), load_default=list)
    poll = fields.Nested(PollFile, load_default=None)


class PastSittingFile(Part):
    table = Line(required=True)
    title = Line(required=True)
    place = Line(required=True)
    days_ago = Whole(required=True, least=1, most=3650)
    at = TimeOfDay(required=True)
    presided_by = Email(required=True)
    present = fields.List(Email(), required=True)
    points = fields.List(fields.Nested(PastPointFile), required=True)
