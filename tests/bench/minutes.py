"""The minutes of a long sitting: composed from its entries and made a PDF.

Each side runs in a process of its own, so that its peak of memory is its own. The baseline
is typst alone, given the very inputs that the product gives it: the ratio is to what the PDF
takes of the product's time. Drafts with the longest and worst notes that the form admits are to
take two seconds at most.
"""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import cycle
from pathlib import Path

from consultazione.config import ROOT
from consultazione.core.actor import Actor
from consultazione.core.db import open_database
from consultazione.sittings.attendance.commands.presence import enter_sitting
from consultazione.sittings.floor.commands.floor import end_floor, give_floor
from consultazione.sittings.floor.commands.hands import raise_hand
from consultazione.sittings.lifecycle.commands.opening import close_sitting
from consultazione.sittings.lifecycle.commands.points import start_point
from consultazione.sittings.models import Sitting
from consultazione.sittings.polls.commands.ballots import cast_ballot
from consultazione.sittings.polls.commands.polls import close_poll, open_poll
from consultazione.sittings.room.snapshot import room_snapshot
from tests.bench.measure import directory, postgres
from tests.bench.report import Limit, Report
from tests.support.factories import Factory
from tests.support.keys import SECRETS, text_keys

PERSONS, SPEAKERS, VOTERS = 500, 50, 300


def run(*, quick: bool) -> Report:
    """One sitting of three hours: a poll at each of its points, and some speak there."""
    points = 1 if quick else 10
    with postgres() as url, directory("pdf-") as place:
        sitting_id = _hold(Factory(open_database(url, text_keys=text_keys())), points)
        ours = _process("ours", url, str(SECRETS), str(sitting_id), str(place / "inputs"))
        bare = _process("bare", str(place / "inputs"))
        hostile = _process("hostile", str(place / "hostile"))
        del hostile["peak MB"]
    return Report(
        name="minutes",
        work=f"minutes of a sitting with {ours.pop('entries'):.0f} entries, to PDF",
        ours={
            "gather, compose, PDF": ours,
            **{f"draft with a note: {name}": {"s": took} for name, took in hostile.items()},
        },
        baseline={"typst alone": bare},
        ratio=round(bare["s"] / ours["s of the PDF"], 3),
        limits={"gather, compose, PDF": Limit("s", 3)},
    )


def _hold(make: Factory, points: int) -> int:
    """Hold a sitting in which some speak once and more vote at every point; its id."""
    sitting = make.sitting(points=tuple(f"Punto {n}" for n in range(points)))
    chair = make.presided(sitting)
    crowd = [make.citizen() for _ in range(PERSONS)]
    with make.database.transaction(chair) as tx:
        for person in crowd:
            with tx.acting_as(person):
                enter_sitting(tx, sitting_id=sitting.id)
    with make.session() as session:
        agenda = [point["id"] for point in room_snapshot(session, sitting.id)["agenda"]]
    for point_id in agenda:
        _discuss(make, sitting, chair, crowd, point_id)
    with make.database.transaction(chair) as tx:
        close_sitting(tx, sitting_id=sitting.id)
    return sitting.id


def _discuss(
    make: Factory, sitting: Sitting, chair: Actor, crowd: list[Actor], point_id: int
) -> None:
    with make.database.transaction(chair) as tx:
        start_point(tx, point_id=point_id)
        for person in crowd[:SPEAKERS]:
            with tx.acting_as(person):
                hand = raise_hand(tx, sitting_id=sitting.id)
            give_floor(tx, hand_id=hand.id)
            end_floor(tx, hand_id=hand.id)
            tx.flush()
        poll = open_poll(tx, sitting_id=sitting.id, question="Si approva il punto?")
        for person, choice in zip(
            crowd[:VOTERS], cycle(("yes", "yes", "no", "abstain")), strict=False
        ):
            with tx.acting_as(person):
                cast_ballot(tx, poll_id=poll.id, choice=choice)
        tx.flush()
        close_poll(tx, poll_id=poll.id)


def _process(*words: str) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.minutes_once", *words]
    answer = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(Path(words[-1] + ".json").read_text())
    assert not answer.stderr, answer.stderr
    return figures
