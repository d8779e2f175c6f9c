"""REST: who was expected and who was there; excuses, and substitutes for one sitting."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypedDict

from flask import url_for
from flask.views import MethodView

from consultazione.minutes.queries import may_read_draft
from consultazione.sittings.attendance.commands.check_in import check_in_by_code
from consultazione.sittings.attendance.commands.excuses import (
    excuse,
    name_substitute,
    withdraw_excuse,
    withdraw_substitute,
)
from consultazione.sittings.attendance.commands.presence import enter_sitting, leave_sitting
from consultazione.sittings.attendance.marks import Mark
from consultazione.sittings.attendance.names import names_shown
from consultazione.sittings.attendance.register import Attended, RegisterPage, register_of
from consultazione.sittings.attendance.roll import roll_of
from consultazione.sittings.attendance.schemas import (
    AttendanceOut,
    CodeForm,
    ExcuseSchema,
    ExpectSchema,
    MarkedOut,
    MomentArgs,
    SubstituteSchema,
)
from consultazione.sittings.blueprint import rest
from consultazione.sittings.queries import get_sitting
from consultazione.sittings.quorums.headcount import Headcount, standing_of
from consultazione.sittings.quorums.types import Counts
from consultazione.sittings.rest import offer_post, writes
from consultazione.web.api import TOKEN
from consultazione.web.request_db import actor, snapshot, transaction
from consultazione.web.security import CODES, WRITING, limiter


class _Moment(TypedDict):
    """The moment at which to say who was there; None is the whole sitting. And which page."""

    at: datetime | None
    after: int
    limit: int


class _Quorum(TypedDict):
    """What is needed, and what is there of it."""

    needed: Counts
    there: Counts


class _AttendanceAt(TypedDict):
    """How many were there, and a page of those whom the reader sees by name."""

    count: int
    quorum: _Quorum | None
    persons: list[Attended]
    next: str | None


class _RollRow(TypedDict):
    """An organisation with a seat, and how it is marked."""

    organisation_id: int
    organisation: str
    mark: Mark


@rest.route("/sittings/<int:sitting_id>/attendance")
class Attendances(MethodView):
    """Who was there."""

    @rest.arguments(MomentArgs, location="query")
    @rest.response(200, AttendanceOut)
    @rest.alt_response(404, description="There is no such sitting.")
    def get(self, args: _Moment, sitting_id: int) -> _AttendanceAt:
        """How many there were in the whole sitting or at one moment, and persons with intervals.

        Who only attends for themselves is counted, and named to those who took part.
        """
        sitting = get_sitting(snapshot(), sitting_id)
        at, limit = args["at"], args["limit"]
        during = None if at is None else (at, at)
        page = register_of(snapshot(), sitting_id, during=during, after=args["after"], limit=limit)
        standing = standing_of(snapshot(), sitting, Headcount(snapshot(), sitting, at))
        insider = may_read_draft(snapshot(), sitting, actor())
        return {
            "count": page.count,
            "quorum": {"needed": standing.needed, "there": standing.there} if standing else None,
            "persons": names_shown(snapshot(), sitting, page.rows, to_insider=insider),
            "next": _next(sitting_id, args, page),
        }


def _next(sitting_id: int, args: _Moment, page: RegisterPage) -> str | None:
    """The address of the next page; None at the end."""
    if page.next is None:
        return None
    asked: dict[str, Any] = {"at": args["at"].isoformat()} if args["at"] else {}
    return url_for(
        "sittings_api.Attendances",
        sitting_id=sitting_id,
        after=page.next,
        limit=args["limit"],
        **asked,
    )


@rest.route("/check-ins")
class CheckIns(MethodView):
    """Checking in as somebody in the hall."""

    @rest.doc(security=TOKEN)
    @rest.arguments(CodeForm)
    @rest.response(204)
    @rest.alt_response(403, description="No token.")
    @rest.alt_response(422, description="No open sitting has this code.")
    @limiter.limit(CODES)
    def post(self, values: dict[str, Any]) -> None:
        """Check in with the code that the hall shows."""
        with transaction() as tx:
            check_in_by_code(tx, **values)


@rest.route("/sittings/<int:sitting_id>/roll")
class SittingRoll(MethodView):
    """Who is expected."""

    @rest.response(200, MarkedOut(many=True))
    @rest.alt_response(404, description="There is no such sitting.")
    def get(self, sitting_id: int) -> list[_RollRow]:
        """The organisations with a seat at the table by name, each with its mark."""
        roll = roll_of(snapshot(), get_sitting(snapshot(), sitting_id))
        return [
            {
                "organisation_id": marked.organisation_id,
                "organisation": roll.organisations[marked.organisation_id].name,
                "mark": marked.mark,
            }
            for marked in roll.marks
        ]


@rest.route("/sittings/<int:sitting_id>/roll/<int:organisation_id>/excuse")
class SittingExcuse(MethodView):
    """The excuse of an organisation, or of one of its delegates."""

    @writes(
        None,
        status=204,
        body=ExcuseSchema,
        refusals={
            403: "Only its delegates, or who runs the desk.",
            404: "Nobody of that kind is expected.",
            409: "The sitting is over.",
        },
    )
    def put(self, values: dict[str, Any], sitting_id: int, organisation_id: int) -> None:
        """Excuse them."""
        with transaction() as tx:
            excuse(tx, sitting_id=sitting_id, organisation_id=organisation_id, **values)

    @rest.doc(security=TOKEN)
    @rest.arguments(ExpectSchema, location="query")
    @rest.response(204)
    @rest.alt_response(403, description="Only its delegates, or who runs the desk.")
    @rest.alt_response(404, description="Nobody of that kind is expected.")
    @rest.alt_response(409, description="The sitting is over.")
    @limiter.limit(WRITING)
    def delete(self, values: dict[str, Any], sitting_id: int, organisation_id: int) -> None:
        """Expect them again."""
        with transaction() as tx:
            withdraw_excuse(tx, sitting_id=sitting_id, organisation_id=organisation_id, **values)


@rest.route("/sittings/<int:sitting_id>/mandates/<int:mandate_id>/substitute")
class SittingSubstitute(MethodView):
    """Who acts for a delegate in one sitting."""

    @writes(
        None,
        status=204,
        body=SubstituteSchema,
        refusals={
            403: "Only the delegate, or, unless for a union, who runs the desk.",
            404: "Nobody is expected by this mandate.",
            409: "The sitting is over, or a substitute is in it.",
        },
    )
    def put(self, values: dict[str, Any], sitting_id: int, mandate_id: int) -> None:
        """Name the substitute."""
        with transaction() as tx:
            name_substitute(tx, sitting_id=sitting_id, mandate_id=mandate_id, **values)

    @writes(
        None,
        status=204,
        refusals={
            403: "Only the delegate, or, unless for a union, who runs the desk.",
            404: "Nobody is expected by this mandate.",
            409: "The sitting is over, or the substitute is in it.",
        },
    )
    def delete(self, sitting_id: int, mandate_id: int) -> None:
        """Have nobody act for the delegate."""
        with transaction() as tx:
            withdraw_substitute(tx, sitting_id=sitting_id, mandate_id=mandate_id)


offer_post("/sittings/<int:sitting_id>/enter", enter_sitting, "Come into a sitting.")
offer_post("/sittings/<int:sitting_id>/leave", leave_sitting, "Leave a sitting.")
