"""The later sections of a file: materials, proposals and sittings."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from consultazione.comments.commands.writing import write_comment
from consultazione.core import clock
from consultazione.core.actor import Actor
from consultazione.core.incoming.uploads import store
from consultazione.importing.conclusions import conclude
from consultazione.importing.context import Context
from consultazione.importing.days import day_of, morning_of
from consultazione.importing.faults import Fault, located
from consultazione.importing.items import (
    CommentItem,
    MaterialItem,
    PastPointItem,
    PastSittingItem,
    PointItem,
    ProposalItem,
    SittingItem,
)
from consultazione.importing.replay import replay
from consultazione.italian import italian
from consultazione.proposals.commands.lifecycle import admit_proposal, submit_proposal
from consultazione.proposals.commands.supporting import support_proposal
from consultazione.proposals.models import Proposal
from consultazione.sittings.agenda.points import NewPoint
from consultazione.sittings.lifecycle.commands.convening import convene_sitting
from consultazione.tables.commands import publish_material
from consultazione.zones.models import ApprovalWay

# A file says on which day a proposal was made. What answers it comes later, each at its moment.
_UNTIL_ADMITTED = timedelta(hours=25, minutes=20)
_UNTIL_ANSWERED = timedelta(hours=30, minutes=45)


def load_material(context: Context, item: MaterialItem) -> None:
    """Store a text as a file, and publish it at its table."""
    publish_material(
        context.tx,
        table_id=context.table_id(item["table"], "table"),
        title=item["title"],
        file=store(context.uploads_dir, item["file_name"], item["text"].encode()),
        demo=context.zone.demo,
    )


def load_proposal(context: Context, item: ProposalItem) -> None:
    """Submit a proposal as its author, and admit, comment on and support it in the days after."""
    at = morning_of(context.tx, day_of(item["day"], item["days_ago"]))
    table_id = context.table_id(item["table"], "table")
    with context.acting_as(item["author"], "author", at):
        proposal = submit_proposal(
            context.tx,
            table_id=table_id,
            title=item["title"],
            body=item["body"],
            demo=context.zone.demo,
        )
    context.proposals[len(context.proposals) + 1] = proposal
    if item["admitted"]:
        admitted_at = _later(context, at, _UNTIL_ADMITTED)
        with context.acting_as(context.facilitator(), "admitted", admitted_at):
            admit_proposal(context.tx, proposal_id=proposal.id)
    for number, comment in enumerate(item["comments"], 1):
        _comment(context, proposal, comment, _later(context, at, number * _UNTIL_ANSWERED))
    for number, email in enumerate(item["supports"], 1):
        with context.acting_as(email, "supports", _later(context, at, number * _UNTIL_ANSWERED)):
            support_proposal(context.tx, proposal_id=proposal.id)


def load_sitting(context: Context, item: SittingItem) -> None:
    """Convene a coming sitting, so many days from today."""
    day = clock.today() + timedelta(days=item["days_from_now"])
    with italian():  # the notice is an act
        convene_sitting(
            context.tx,
            table_id=context.table_id(item["table"], "table"),
            title=item["title"],
            place=item["place"],
            starts_at=clock.at_rome(day, item["at"]),
            points=[_point(context, point) for point in item["agenda"]],
            demo=context.zone.demo,
        )


def load_past_sitting(context: Context, item: PastSittingItem) -> None:
    """Replay a past sitting."""
    emails = {item["presided_by"], *item["present"]}
    _require_present(item, emails)
    sitting = replay(
        context.tx,
        item,
        table_id=context.table_id(item["table"], "table"),
        points=[_point(context, point) for point in item["points"]],
        actors={email: context.actor(email, "present") for email in emails},
        what_ifs=_what_ifs(context, item),
        demo=context.zone.demo,
        writer=_writer(context, item),
    )
    if item["minutes"]:
        with located(("minutes",)):
            conclude(context, sitting, item["minutes"])


def _writer(context: Context, item: PastSittingItem) -> Actor | None:
    """Who wrote the minutes, where the zone has the writer approve them beside the chair."""
    minutes, both = item["minutes"], ApprovalWay.CHAIR_AND_SECRETARY
    if minutes is None or context.zone.approval_way is not both:
        return None
    return context.actor(minutes["by"], "minutes")


def _later(context: Context, at: datetime, after: timedelta) -> datetime:
    """A moment after what it answers, but nothing that is to come."""
    return min(at + after, context.tx.now)


def _require_present(item: PastSittingItem, emails: Collection[str]) -> None:
    """Fault at a speaker or a ballot of somebody who was not in the room."""
    for email, path in _named_at_points(item):
        if email not in emails:
            raise Fault(path, f"{email} is not among those present")


def _named_at_points(item: PastSittingItem) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    for number, point in enumerate(item["points"]):
        at = ("points", number)
        for place, speaker in enumerate(point["speakers"]):
            yield speaker["who"], (*at, "speakers", place, "who")
        for email in point["poll"]["ballots"] if point["poll"] else ():
            yield email, (*at, "poll", "ballots", email)


def _what_ifs(context: Context, item: PastSittingItem) -> dict[str, int]:
    named = [point["what_if"] for point in item["points"] if point["what_if"]]
    return {name: context.lookup(context.what_ifs, name, "points") for name in named}


def _comment(context: Context, proposal: Proposal, item: CommentItem, at: datetime) -> None:
    with context.acting_as(item["author"], "comments", at):
        write_comment(
            context.tx,
            proposal_id=proposal.id,
            position=item["position"],
            body=item["body"],
            demo=context.zone.demo,
        )


def _point(context: Context, item: PointItem | PastPointItem) -> NewPoint:
    linked = item["proposal"]
    proposal = context.lookup(context.proposals, linked, "agenda") if linked else None
    return NewPoint(item["title"], item["minutes"], proposal.id if proposal else None)
