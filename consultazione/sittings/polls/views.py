"""The page on which voters in a secret poll check that their ballot was in the box."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from consultazione.sittings.blueprint import pages
from consultazione.sittings.polls.labels import ANNULLED
from consultazione.sittings.polls.queries import get_poll
from consultazione.sittings.polls.receipts import PAGE, count_receipts, is_counted, receipts_of
from consultazione.web.paging import paged
from consultazione.web.request_db import snapshot
from consultazione.web.security import WRITING, limiter


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
        poll_annulment=ANNULLED.get,
        receipts=receipts,
        count=count_receipts(snapshot(), poll_id),
        after=after,
        next_after=last,
        asked=bool(receipt),
        counted=bool(receipt) and is_counted(snapshot(), poll_id, receipt),
    )
