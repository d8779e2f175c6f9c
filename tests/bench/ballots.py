"""Everybody votes within ten seconds; each is answered after the commit.

The baseline is the same command with one commit a ballot, from eight threads with nothing
between them and the database.
"""

from __future__ import annotations

import threading
import time
from typing import Any

from consultazione.core.db import open_database
from consultazione.core.text_keys import TextKeys
from consultazione.sittings.polls.commands.ballots import cast_ballot
from consultazione.sittings.polls.commands.polls import close_poll, open_poll
from tests.bench.assembly import Assembly, assembly, waits
from tests.bench.report import Report
from tests.bench.sizes import sizes

_WITHIN = 10.0
_THREADS = 8
_MOST_ALONE = 2000


def run(*, quick: bool) -> Report:
    """Over ten seconds, then all at once, then one commit each."""
    ours: dict[str, dict[str, float]] = {}
    baseline: dict[str, dict[str, float]] = {}
    for size in sizes(10_000, quick=quick):
        with assembly(size) as full:
            full.connect()
            full.hall.order("say", message="enter", data=full.room)
            ours[f"{size} within {_WITHIN:g} s"] = _vote(full, over=_WITHIN)
            ours[f"{size} at once"] = _vote(full, over=0.0)
            baseline[f"{size} at once"] = _alone(full)
    return Report(
        name="ballots",
        work="every participant votes; the tally is exact; the baseline commits each alone",
        ours=ours,
        baseline=baseline,
        ratio={
            case: round(ours[case]["ballots/s"] / figures["ballots/s"], 3)
            for case, figures in baseline.items()
        },
    )


def _vote(full: Assembly, *, over: float) -> dict[str, float]:
    poll_id = _open(full)
    said = full.hall.order(
        "say", message="ballot.cast", data={"poll": poll_id, "choice": "yes"}, over=over
    )
    _check(full, poll_id, len(full.crowd))
    return {**waits(said), "ballots/s": round(len(full.crowd) / said["seconds"])}


def _alone(full: Assembly) -> dict[str, float]:
    poll_id, keys = _open(full), TextKeys(full.stack.secrets_dir)
    database = open_database(full.stack.database_url, pool_size=_THREADS, text_keys=keys)
    voters = full.crowd[:_MOST_ALONE]

    def vote(first: int) -> None:
        for voter in voters[first::_THREADS]:
            with database.transaction(voter) as tx:
                cast_ballot(tx, poll_id=poll_id, choice="yes")

    begun = time.perf_counter()
    threads = [threading.Thread(target=vote, args=[n]) for n in range(_THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - begun
    _check(full, poll_id, len(voters))
    return {"s for all": round(seconds, 3), "ballots/s": round(len(voters) / seconds)}


def _open(full: Assembly) -> int:
    asked: dict[str, Any] = {"sitting_id": full.sitting.id, "question": "Approviamo?"}
    with full.make.database.transaction(full.chair) as tx:
        poll_id: int = open_poll(tx, **asked).id
    return poll_id


def _check(full: Assembly, poll_id: int, count: int) -> None:
    """Close the poll: not one ballot is lost or doubled."""
    with full.make.database.transaction(full.chair) as tx:
        poll = close_poll(tx, poll_id=poll_id)
    assert poll.result is not None
    assert poll.result["tally"]["yes"] == count, poll.result
