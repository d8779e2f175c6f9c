"""The pages of a poll: who voted what by name; the receipts of a secret one."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from consultazione.sittings.blueprint import pages
from consultazione.sittings.events import sitting_stream
from consultazione.sittings.polls.models import Poll, PollState
from consultazione.sittings.polls.open_votes import by_name
from consultazione.sittings.polls.open_votes.silent import silent_at
from consultazione.sittings.polls.page_words import poll_words
from consultazione.sittings.polls.queries import get_poll
from consultazione.sittings.polls.receipts import PAGE, count_receipts, is_counted, receipts_of
from consultazione.sittings.polls.rules import rules_of
from consultazione.sittings.polls.sentences import annulment_of, choice_of
from consultazione.sittings.polls.snapshot import poll_snapshots
from consultazione.sittings.queries import get_sitting
from consultazione.web.last_update import page_follows
from consultazione.web.paging import paged
from consultazione.web.request_db import snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.web.url_converters import asked_place


@pages.get("/sedute/<int:sitting_id>/votazioni/<int:poll_id>", endpoint="poll")
def poll_page(sitting_id: int, poll_id: int) -> str:
    """Show how a poll ended; of an open one, who voted what by name."""
    page_follows(sitting_stream(sitting_id))
    session = snapshot()
    row = get_poll(session, poll_id, sitting_id=sitting_id)
    (poll,) = poll_snapshots(session, sitting_id, only=[poll_id])
    return render_template(
        "sittings/poll.html",
        sitting=get_sitting(session, sitting_id),
        poll=poll,
        opened_at=row.opened_at,
        **(_names(row) if _is_named(row) else {"groups": []}),
        poll_choice=choice_of,
        **poll_words(snapshot()),
    )


def _is_named(poll: Poll) -> bool:
    return poll.state is PollState.CLOSED and not rules_of(poll.rules).secret


def _names(poll: Poll) -> dict[str, object]:
    """A page of the voters by choice; on the last, also who was there and did not vote."""
    skip = asked_place("da") or 0
    found = by_name.voters_in_order(snapshot(), poll, skip=skip, limit=by_name.PAGE + 1)
    voters, more = paged(found, by_name.PAGE)
    return {
        "groups": by_name.by_choice(voters),
        "silent": None if more else silent_at(snapshot(), poll),
        "skip": skip,
        "next_skip": skip + by_name.PAGE if more else None,
    }


@pages.route(
    "/sedute/<int:sitting_id>/votazioni/<int:poll_id>/ricevute",
    methods=["GET", "POST"],
    endpoint="receipts",
)
@limiter.limit(WRITING, methods=["POST"])
def receipts_page(sitting_id: int, poll_id: int) -> ResponseReturnValue:
    """Show the digests of a secret poll's receipts; check whether one that is sent is there."""
    poll = get_poll(snapshot(), poll_id, sitting_id=sitting_id)
    receipt = request.form.get("receipt", "")[:200]
    after = request.args.get("dopo", "")[:64]
    found = receipts_of(snapshot(), poll_id, after=after, limit=PAGE + 1)
    receipts, last = paged(found, PAGE)
    return render_template(
        "sittings/receipts.html",
        poll=poll,
        poll_annulment=annulment_of,
        receipts=receipts,
        count=count_receipts(snapshot(), poll_id),
        after=after,
        next_after=last,
        asked=bool(receipt),
        counted=bool(receipt) and is_counted(snapshot(), poll_id, receipt),
    )
