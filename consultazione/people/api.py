"""REST: the signed-in person, and the zone's register of organisations."""

from __future__ import annotations

from typing import TypedDict

from flask import url_for
from flask.views import MethodView
from werkzeug.exceptions import Unauthorized

from consultazione.core.actor import Role
from consultazione.people.blueprint import rest
from consultazione.people.queries import organisations
from consultazione.people.schemas import OrganisationOut, PersonOut
from consultazione.web.api import TOKEN, page_of, page_schema
from consultazione.web.current_zone import current_zone
from consultazione.web.fields import PageArgs
from consultazione.web.paging import Page, Paging
from consultazione.web.request_db import actor, snapshot


class _Account(TypedDict):
    """Who somebody is, and their roles in the zone."""

    id: int | None
    display_name: str
    roles: list[Role]


@rest.route("/me")
class Me(MethodView):
    """The person whom the token belongs to."""

    @rest.doc(security=TOKEN)
    @rest.response(200, PersonOut)
    @rest.alt_response(401, description="No token, or one that does not count.")
    @rest.takes_place
    def get(self) -> _Account:
        """Who am I, and what may I do in this zone?"""
        who = actor()
        if not who.is_signed_in:
            raise Unauthorized
        roles = sorted(who.roles(current_zone().id))
        return {"id": who.person_id, "display_name": who.display_name, "roles": roles}


@rest.route("/organisations")
class Organisations(MethodView):
    """The zone's register of organisations."""

    @rest.arguments(PageArgs, location="query")
    @rest.response(200, page_schema(OrganisationOut))
    @rest.reads_much
    @rest.alt_response(404, description="There is no organisation to go on from.")
    @rest.takes_place
    def get(self, args: Paging) -> Page:
        """The organisations of the zone by name, after one of them if it is named."""
        after, limit = args["after"] or None, args["limit"]
        rows = organisations(snapshot(), current_zone().id, after=after, limit=limit + 1)
        return page_of(rows, limit, url_for("people_api.Organisations"))
