"""The shape of what the search is asked over REST, and of what it answers."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from marshmallow import Schema, fields, validate

from consultazione.core.columns import LARGEST_ID
from consultazione.people.models import Category
from consultazione.search.kinds import KINDS
from consultazione.web.fields import Choice, Day, Whole

_MOST = 100


class SearchAsked(TypedDict):
    """What is asked of the search, as it was read."""

    q: str
    kind: str | None
    table_id: int | None
    category: Category | None
    state: str | None
    since: date | None
    until: date | None
    after: str
    limit: int


class SimilarAsked(TypedDict):
    """What is asked of the similar proposals, as it was read."""

    text: str
    table: int | None


class SearchArgs(Schema):
    """What to look for, what it has to be besides, and where to go on."""

    q = fields.String(required=True, validate=validate.Length(max=10_000))
    kind = fields.String(load_default=None, validate=validate.OneOf(list(KINDS)))
    table_id = Whole(load_default=None, most=LARGEST_ID)
    category = Choice(Category, load_default=None)
    state = fields.String(load_default=None, validate=validate.Length(max=40))
    since = Day(load_default=None)
    until = Day(load_default=None)
    after = fields.String(load_default="", validate=validate.Length(max=100))
    limit = Whole(load_default=20, most=_MOST)


class PieceOut(Schema):
    """A piece of a text; found: whether it is one of the words that were looked for."""

    text = fields.String()
    found = fields.Boolean()


class ResultOut(Schema):
    """Something that was found, as everybody may read it now; address: below the site's."""

    kind = fields.String()
    id = fields.Integer()
    title = fields.String()
    passage = fields.List(fields.Nested(PieceOut))
    address = fields.String()
    table_id = fields.Integer(allow_none=True)
    category = fields.String(allow_none=True)
    state = fields.String(allow_none=True)
    at = fields.AwareDateTime()


class ResultsOut(Schema):
    """A page of results.

    words: as they were understood; empty if nothing in them can be looked for. near: nothing has
    the words, and these are near. meant: what may have been meant. corrected: nothing has the
    words, and these have those of `meant`. slow: it took too long: more
    words help. next: where to go on; null at the end.
    """

    words = fields.String()
    items = fields.List(fields.Nested(ResultOut))
    near = fields.Boolean()
    meant = fields.String(allow_none=True)
    corrected = fields.Boolean()
    slow = fields.Boolean()
    next = fields.String(allow_none=True)


class SimilarArgs(Schema):
    """What somebody writes (2,000 characters are read), and a table to look at alone."""

    text = fields.String(required=True, validate=validate.Length(max=20_000))
    table = Whole(load_default=None, most=LARGEST_ID)


class SimilarOut(Schema):
    """A proposal that is near; likeness: from 0 to 1."""

    id = fields.Integer()
    title = fields.String()
    address = fields.String()
    table_id = fields.Integer()
    state = fields.String()
    likeness = fields.Float()


class SimilarsOut(Schema):
    """The proposals that are nearest to a text, the nearest first."""

    items = fields.List(fields.Nested(SimilarOut))
