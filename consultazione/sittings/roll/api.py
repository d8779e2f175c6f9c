"""REST: who was expected and who was there; excuses, and substitutes for one sitting."""

from __future__ import annotations

from typing import Any

from flask.views import MethodView

from consultazione.minutes.queries import may_read_draft
from consultazione.sittings.api import TOKEN
from consultazione.sittings.commands import (
    check_in_by_code,
    excuse,
    name_substitute,
    withdraw_excuse,
    withdraw_substitute,
)
from consultazione.sittings.queries import get_sitting, register_of
from consultazione.sittings.quorums.hall import CountedHall, standing_of
from consultazione.sittings.roll.history import present_at
from consultazione.sittings.roll.queries import roll_of
from consultazione.sittings.roll.schemas import (
    AttendanceOut,
    ExcuseSchema,
    ExpectSchema,
    MarkedOut,
    MomentArgs,
    SubstituteSchema,
)
from consultazione.sittings.schemas import CodeForm
from consultazione.sittings.speakers.api import blueprint
from consultazione.web.security import CODES, WRITING, limiter
from consultazione.web.unit import actor, snapshot, transaction


@blueprint.route("/sittings/<int:sitting_id>/attendance")
class Attendances(MethodView):
    """Who was there."""

    @blueprint.arguments(MomentArgs, location="query")
    @blueprint.response(200, AttendanceOut)
    @blueprint.alt_response(404, description="There is no such sitting.")
    def get(self, args: dict[str, Any], sitting_id: int) -> dict[str, Any]:
        """Persons with their intervals, of the whole sitting or of one moment."""
        sitting = get_sitting(snapshot(), sitting_id)
        found, at = register_of(snapshot(), sitting_id), args["at"]
        there = found if at is None else present_at(found, at)
        standing = standing_of(snapshot(), sitting, CountedHall(snapshot(), sitting, at))
        named = may_read_draft(snapshot(), sitting, actor())
        quorum = {"needed": standing.needed, "there": standing.there} if standing else None
        return {"count": len(there), "quorum": quorum, "persons": there if named else None}


@blueprint.route("/check-ins")
class CheckIns(MethodView):
    """Checking in as somebody in the hall."""

    @blueprint.doc(security=TOKEN)
    @blueprint.arguments(CodeForm)
    @blueprint.response(204)
    @blueprint.alt_response(403, description="No token.")
    @blueprint.alt_response(422, description="No open sitting has this code.")
    @limiter.limit(CODES)
    def post(self, values: dict[str, Any]) -> None:
        """Check in with the code that the hall shows."""
        with transaction() as tx:
            check_in_by_code(tx, **values)


@blueprint.route("/sittings/<int:sitting_id>/roll")
class SittingRoll(MethodView):
    """Who is expected."""

    @blueprint.response(200, MarkedOut(many=True))
    @blueprint.alt_response(404, description="There is no such sitting.")
    def get(self, sitting_id: int) -> list[dict[str, Any]]:
        """The organisations with a seat at the table by name, each with its mark."""
        roll = roll_of(snapshot(), get_sitting(snapshot(), sitting_id))
        return [
            {
                "organisation_id": one.organisation_id,
                "organisation": roll.organisations[one.organisation_id].name,
                "mark": one.mark,
            }
            for one in roll.marks
        ]


@blueprint.route("/sittings/<int:sitting_id>/roll/<int:organisation_id>/excuse")
class SittingExcuse(MethodView):
    """The excuse of an organisation, or of one of its delegates."""

    @blueprint.doc(security=TOKEN)
    @blueprint.arguments(ExcuseSchema)
    @blueprint.response(204)
    @blueprint.alt_response(403, description="Only its delegates, or who runs the desk.")
    @blueprint.alt_response(404, description="Nobody of that kind is expected.")
    @blueprint.alt_response(409, description="The sitting is over.")
    @limiter.limit(WRITING)
    def put(self, values: dict[str, Any], sitting_id: int, organisation_id: int) -> None:
        """Excuse them."""
        with transaction() as tx:
            excuse(tx, sitting_id=sitting_id, organisation_id=organisation_id, **values)

    @blueprint.doc(security=TOKEN)
    @blueprint.arguments(ExpectSchema, location="query")
    @blueprint.response(204)
    @blueprint.alt_response(403, description="Only its delegates, or who runs the desk.")
    @blueprint.alt_response(404, description="Nobody of that kind is expected.")
    @blueprint.alt_response(409, description="The sitting is over.")
    @limiter.limit(WRITING)
    def delete(self, values: dict[str, Any], sitting_id: int, organisation_id: int) -> None:
        """Expect them again."""
        with transaction() as tx:
            withdraw_excuse(tx, sitting_id=sitting_id, organisation_id=organisation_id, **values)


@blueprint.route("/sittings/<int:sitting_id>/mandates/<int:mandate_id>/substitute")
class SittingSubstitute(MethodView):
    """Who acts for a delegate in one sitting."""

    @blueprint.doc(security=TOKEN)
    @blueprint.arguments(SubstituteSchema)
    @blueprint.response(204)
    @blueprint.alt_response(403, description="Only its delegates, or who runs the desk.")
    @blueprint.alt_response(404, description="Nobody is expected by this mandate.")
    @blueprint.alt_response(409, description="The sitting is over, or a substitute is in it.")
    @limiter.limit(WRITING)
    def put(self, values: dict[str, Any], sitting_id: int, mandate_id: int) -> None:
        """Name the substitute."""
        with transaction() as tx:
            name_substitute(tx, sitting_id=sitting_id, mandate_id=mandate_id, **values)

    @blueprint.doc(security=TOKEN)
    @blueprint.response(204)
    @blueprint.alt_response(403, description="Only its delegates, or who runs the desk.")
    @blueprint.alt_response(404, description="Nobody is expected by this mandate.")
    @blueprint.alt_response(409, description="The sitting is over, or the substitute is in it.")
    @limiter.limit(WRITING)
    def delete(self, sitting_id: int, mandate_id: int) -> None:
        """Have nobody act for the delegate."""
        with transaction() as tx:
            withdraw_substitute(tx, sitting_id=sitting_id, mandate_id=mandate_id)


__all__ = ["blueprint"]
