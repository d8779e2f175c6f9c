"""REST: polls, ballots, votes of the room, receipts; the same commands as over Socket.IO."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, TypedDict

from flask import url_for
from flask.views import MethodView

from consultazione.sittings.blueprint import rest
from consultazione.sittings.polls.commands.annulling import annul_poll
from consultazione.sittings.polls.commands.ballots import cast_ballot
from consultazione.sittings.polls.commands.polls import close_poll, count_in_room, open_poll
from consultazione.sittings.polls.models import Poll
from consultazione.sittings.polls.open_votes.by_name import get_open_votes, voters_after
from consultazione.sittings.polls.queries import options_of
from consultazione.sittings.polls.receipts import own_receipt, receipts_of
from consultazione.sittings.polls.schemas import (
    GestureSchema,
    PollOut,
    QuestionSchema,
    ReceiptArgs,
    ReceiptOut,
    ReceiptsOut,
    RoomVotesSchema,
    VoteArgs,
    VotePage,
)
from consultazione.sittings.polls.sentences import choice_of
from consultazione.sittings.polls.voters.summary import poll_summary
from consultazione.sittings.rest import offer_post, offer_put, writes
from consultazione.sittings.schemas import IdOut, ReasonSchema
from consultazione.web.api import TOKEN
from consultazione.web.paging import Page, Paging, paged
from consultazione.web.request_db import actor, snapshot, transaction


class _Receipts(TypedDict):
    """The digest beyond which receipts are wanted, and how many."""

    after: str
    limit: int


class _ReceiptPage(TypedDict):
    """Digests, and where the next ones are; null at the end."""

    receipts: list[str]
    next: str | None


@rest.route("/polls/<int:poll_id>")
class OnePoll(MethodView):
    """A poll with its electorate and its arithmetic."""

    @rest.response(200, PollOut)
    @rest.alt_response(404, description="There is no such poll.")
    def get(self, poll_id: int) -> Mapping[str, object]:
        """Who is entitled, who was present, and of how many votes it took how many."""
        found = poll_summary(snapshot(), poll_id)
        return {
            **found.poll,
            "organisations": found.organisations,
            "arithmetic": found.arithmetic,
        }


@rest.route("/polls/<int:poll_id>/room-votes")
class RoomVotes(MethodView):
    """The votes that are counted in the room."""

    @writes(
        None,
        status=204,
        body=RoomVotesSchema,
        refusals={
            403: "Only the chair, or who runs the desk, enters them.",
            404: "There is no such poll.",
            409: "The poll is closed.",
        },
    )
    def put(self, values: dict[str, Any], poll_id: int) -> None:
        """Enter how many in the room made a choice, in place of what was entered for it.

        More than the people in the hall without a ballot count once a second person has
        entered the same numbers.
        """
        with transaction() as tx:
            count_in_room(tx, poll_id=poll_id, **values)


@rest.route("/polls/<int:poll_id>/receipt")
class OwnReceipt(MethodView):
    """One's own receipt in a secret poll."""

    @rest.doc(security=TOKEN)
    @rest.response(200, ReceiptOut)
    @rest.alt_response(404, description="No sealed ballot, or the poll is closed.")
    def get(self, poll_id: int) -> dict[str, str]:
        """The receipt, while the poll is open."""
        with transaction() as tx:
            return {"receipt": own_receipt(tx, poll_id=poll_id, person_id=actor().person_id)}


@rest.route("/polls/<int:poll_id>/receipts")
class Receipts(MethodView):
    """The receipts of a closed secret poll."""

    @rest.arguments(ReceiptArgs, location="query")
    @rest.response(200, ReceiptsOut)
    @rest.alt_response(404, description="There is no such poll.")
    def get(self, args: _Receipts, poll_id: int) -> _ReceiptPage:
        """SHA-256 digests of the receipts, sorted: one for each ballot in the box."""
        limit = args["limit"]
        found = receipts_of(snapshot(), poll_id, after=args["after"], limit=limit + 1)
        receipts, last = paged(found, limit)
        address = url_for("sittings_api.Receipts", poll_id=poll_id, after=last, limit=limit)
        return {"receipts": receipts, "next": address if last else None}


@rest.route("/polls/<int:poll_id>/votes")
class Votes(MethodView):
    """Who voted what in an open poll, by name."""

    @rest.arguments(VoteArgs, location="query")
    @rest.response(200, VotePage)
    @rest.alt_response(404, description="No such poll, or it is secret, or not counted yet.")
    def get(self, args: Paging, poll_id: int) -> Page:
        """The voters of a closed poll that was not secret, by the ids of their persons."""
        after, limit = args["after"], args["limit"]
        poll = get_open_votes(snapshot(), poll_id)
        voters, last = paged(voters_after(snapshot(), poll, after=after, limit=limit + 1), limit)
        options = options_of(snapshot(), [poll.id])[poll.id]
        items = [{**asdict(voter), "said": choice_of(voter.choice, options)} for voter in voters]
        address = url_for(
            "sittings_api.Votes", poll_id=poll_id, limit=limit, after=last and last.person_id
        )
        return {"items": items, "next": address if last else None}


@rest.route("/sittings/<int:sitting_id>/polls")
class Polls(MethodView):
    """The polls of a sitting."""

    @writes(
        IdOut,
        body=QuestionSchema,
        refusals={
            403: "Only the chair asks.",
            404: "There is no such sitting.",
            409: "Not open, or another poll is open in it.",
        },
    )
    def post(self, values: dict[str, Any], sitting_id: int) -> Poll:
        """Put a question to those present."""
        with transaction() as tx:
            return open_poll(tx, sitting_id=sitting_id, **values)


@rest.route("/polls/<int:poll_id>/ballot")
class OwnBallot(MethodView):
    """One's own ballot in a poll."""

    @writes(
        None,
        status=204,
        body=GestureSchema,
        has_secret_body=True,
        refusals={
            403: "No token.",
            404: "There is no such poll.",
            409: "Closed, or one is not in the sitting.",
        },
    )
    def put(self, values: dict[str, Any], poll_id: int) -> None:
        """Vote, or change one's vote while the poll is open; also by the proxies that one holds."""
        with transaction() as tx:
            cast_ballot(tx, poll_id=poll_id, **values)


offer_post("/polls/<int:poll_id>/close", close_poll, "Close a poll and count it.")
offer_put("/polls/<int:poll_id>/annulled", annul_poll, ReasonSchema, "Annul a poll, with a reason.")
