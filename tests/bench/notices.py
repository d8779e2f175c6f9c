"""A comment that thousands follow: how long its answer, the notices and the mails take.

The baseline is the answer to a comment on a proposal that nobody follows. The mails go to a
server on this machine, which counts them; there is a worker for each core.
"""

from __future__ import annotations

import http.client
import json
import os
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from urllib.parse import urlsplit

from sqlalchemy import func, insert, select

from consultazione.core import clock
from consultazione.core.actor import SYSTEM, Actor
from consultazione.core.log import EntryRow
from consultazione.notices.models import Channel, Follow, Group, Notice, NoticeSetting, SubjectKind
from consultazione.people.commands.tokens import create_token
from consultazione.proposals.models import Proposal
from tests.bench.measure import milliseconds
from tests.bench.people import actors
from tests.bench.report import Limit, Report
from tests.support.factories import Factory
from tests.support.smtp_server import Counter, smtp_server
from tests.support.stack import Stack, running_stack

_WAIT = 600.0


def run(*, quick: bool) -> Report:
    """Comments by turns on two proposals, then one that is told, then a digest for everybody."""
    people, digests, times = (100, 100, 6) if quick else (5_000, 10_000, 25)
    postbox = Counter()
    with smtp_server(postbox):
        settings = {
            "SMTP_URL": postbox.url, "MAIL_FROM": "Distretto <partecipa@example.org>",
            "WORKERS": str(os.cpu_count() or 1),
        }  # fmt: skip
        with running_stack(demo=False, settings=settings) as stack:
            make = Factory(stack.database())
            followed, alone = make.proposal(), make.proposal()
            crowd = actors(make, max(people, digests))
            _follow(make, followed, crowd[:people], Channel.SITE)
            tokens = [_token(make) for _turn in range(times)]
            waits = _by_turns(stack, tokens, followed, alone)
            told = _told(stack, make, postbox, followed, crowd[:people])
            daily = _digest(make, postbox, crowd[:digests])
    ours, others = milliseconds(waits[followed.id]), milliseconds(waits[alone.id])
    return Report(
        name="notices",
        work=f"{times} comments on a proposal that {people} follow and on one that nobody does;"
        f" one told to all by mail; a digest for {digests}",
        ours={
            "answer": ours,
            "notices of a comment": {"all within s": told[0]},
            "mails of a comment": {"all within s": told[1]},
            "mails of a digest": {"all within s": daily},
        },
        baseline={"answer": others},
        ratio={"answer": round(others["p50 ms"] / ours["p50 ms"], 3)},
        limits={
            "answer": Limit("p50 ms", 1.1 * others["p50 ms"]),
            "notices of a comment": Limit("all within s", 5),
            "mails of a comment": Limit("all within s", 60),
            "mails of a digest": Limit("all within s", 60),
        },
    )


def _follow(make: Factory, proposal: Proposal, crowd: Sequence[Actor], channel: Channel) -> None:
    now = clock.now()
    follows = [
        {"person_id": a.person_id, "kind": SubjectKind.PROPOSAL, "subject_id": proposal.id,
         "since": now}
        for a in crowd
    ]  # fmt: skip
    with make.database.transaction(SYSTEM) as tx:
        tx.session.execute(insert(Follow), follows)
    _choose(make, crowd, channel)


def _choose(make: Factory, crowd: Sequence[Actor], channel: Channel) -> None:
    ids = [actor.person_id for actor in crowd]
    rows = [{"person_id": n, "group": Group.DISCUSSION, "channel": channel} for n in ids]
    with make.database.transaction(SYSTEM) as tx:
        tx.session.query(NoticeSetting).filter(NoticeSetting.person_id.in_(ids)).delete()
        tx.session.execute(insert(NoticeSetting), rows)


def _token(make: Factory) -> str:
    who = make.citizen()
    with make.database.transaction(who) as tx:
        return create_token(tx, person_id=who.person_id or 0, label="bench")


def _by_turns(
    stack: Stack, tokens: Sequence[str], followed: Proposal, alone: Proposal
) -> dict[int, list[float]]:
    """How long the answer to each comment took, by proposal; the worker tells meanwhile."""
    waits: dict[int, list[float]] = {followed.id: [], alone.id: []}
    for turn, token in enumerate(tokens):
        pair = (followed.id, alone.id) if turn % 2 else (alone.id, followed.id)
        for proposal_id in pair:
            waits[proposal_id].append(_comment(stack, token, proposal_id))
    return waits


def _comment(stack: Stack, token: str, proposal_id: int) -> float:
    connection = http.client.HTTPConnection(urlsplit(stack.url).netloc, timeout=60)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    body = json.dumps({"position": "in_favour", "body": "Un'osservazione come tante altre."})
    begun = time.perf_counter()
    connection.request("POST", f"/api/v1/proposals/{proposal_id}/comments", body, headers)
    answer = connection.getresponse()
    answer.read()
    took = time.perf_counter() - begun
    connection.close()
    assert answer.status == http.client.CREATED, answer.status
    return took


def _told(
    stack: Stack, make: Factory, postbox: Counter, proposal: Proposal, crowd: Sequence[Actor]
) -> tuple[float, float]:
    """How long until everybody has a notice of one comment, and until all have their mail."""
    _until(lambda: _is_quiet(make))
    _choose(make, crowd, Channel.AT_ONCE)
    before, sent = _notices(make), postbox.taken
    token = _token(make)
    _comment(stack, token, proposal.id)
    begun = time.perf_counter()
    _until(lambda: _notices(make) >= before + len(crowd))
    noticed = time.perf_counter() - begun
    _until(lambda: postbox.taken >= sent + len(crowd))
    mailed = time.perf_counter() - begun
    return round(noticed, 2), round(mailed, 1)


def _digest(make: Factory, postbox: Counter, crowd: Sequence[Actor]) -> float:
    """How long until everybody has the digest of a day with one notice."""
    sent = postbox.taken
    _choose(make, crowd, Channel.DAILY)
    with make.database.transaction(SYSTEM) as tx:
        last = select(EntryRow.position).where(EntryRow.kind == "comment.written")
        position = tx.session.scalars(last.order_by(EntryRow.position)).first()
        common = {"topic": "comment_added", "position": position, "channel": Channel.DAILY,
                  "made_at": tx.now - timedelta(days=2)}  # fmt: skip
        tx.session.query(Notice).filter_by(position=position).delete()
        tx.session.execute(insert(Notice), [{"person_id": a.person_id, **common} for a in crowd])
    begun = time.perf_counter()
    _until(lambda: postbox.taken >= sent + len(crowd))
    return round(time.perf_counter() - begun, 1)


def _notices(make: Factory) -> int:
    with make.session() as session:
        return session.scalar(select(func.count()).select_from(Notice)) or 0


def _is_quiet(make: Factory) -> bool:
    """Whether the worker has told all that there was."""
    before = _notices(make)
    time.sleep(3.0)
    return _notices(make) == before


def _until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + _WAIT
    while not is_so():
        assert time.monotonic() < until, "it takes too long"
        time.sleep(0.1)
