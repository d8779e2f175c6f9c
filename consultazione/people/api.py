"""REST: the signed-in person, and the zone's register of organisations."""

from __future__ import annotations

from typing import Any

from flask.views import MethodView
from werkzeug.exceptions import Unauthorized

from consultazione.people.models import Organisation
from consultazione.people.queries import organisations
from consultazione.people.schemas import OrganisationOut, PersonOut
from consultazione.web.api import resource
from consultazione.web.chrome import current_zone
from consultazione.web.unit import actor, snapshot

blueprint = resource("people_api", __name__, "Persons and organisations")


@blueprint.route("/me")
class Me(MethodView):
    """The person whom the token belongs to."""

    @blueprint.doc(security=[{"token": []}])
    @blueprint.response(200, PersonOut)
    @blueprint.alt_response(401, description="No token, or one that does not count.")
    def get(self) -> dict[str, Any]:
        """Who am I, and what may I do in this zone?"""
        who = actor()
        if not who.is_signed_in:
            raise Unauthorized
        roles = sorted(who.roles(current_zone().id))
        return {"id": who.person_id, "display_name": who.display_name, "roles": roles}


@blueprint.route("/organisations")
class Organisations(MethodView):
    """The zone's register of organisations."""

    @blueprint.response(200, OrganisationOut(many=True))
    def get(self) -> list[Organisation]:
        """Every organisation of the zone, by name."""
        return organisations(snapshot(), current_zone().id)
