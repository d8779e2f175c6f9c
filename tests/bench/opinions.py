"""Drawing an opinion map of 10,000 people and 500 statements, as the worker does.

`whole` reads three million answers out of the database, draws, publishes and erases. `picture` is
the drawing alone, beside red-dwarf, which computes the same from a list of votes.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable
from datetime import timedelta

import numpy as np
from sqlalchemy import text

from consultazione.core import clock
from consultazione.core.actor import SYSTEM, Role
from consultazione.core.db import open_database
from consultazione.core.text_keys import TextKeys
from consultazione.embedded import schema
from consultazione.embedded.postgres import Postgres
from consultazione.opinions.commands.maps import (
    close_opinion_map,
    draw_opinion_map,
    open_opinion_map,
)
from consultazione.opinions.mapping.matrix import Matrix
from consultazione.opinions.mapping.picture import picture_of
from tests.bench.measure import directory
from tests.bench.report import Figures, Limit, Report
from tests.support.factories import Factory

_PEOPLE = """INSERT INTO person (email, display_name, demo, created_at)
    SELECT format('n%s@example.org', n), format('N%s', n), false, now()
    FROM generate_series(1, :people) n"""
# Three camps; a tenth passes, a twentieth thinks otherwise, two in five do not answer.
_ANSWERS = """INSERT INTO opinion_answer (opinion_id, person_id, value)
    SELECT o.id, p.id, CASE WHEN random() < 0.1 THEN 0 WHEN random() < 0.05 THEN -camp ELSE camp END
    FROM opinion o CROSS JOIN person p
    CROSS JOIN LATERAL (SELECT sign(hashint8(o.id * 3 + p.id % 3))::int | 1 AS camp) c
    WHERE o.map_id = :map_id AND random() < 0.6"""


def run(*, quick: bool) -> Report:
    """A map is drawn out of the database, and a matrix in memory by both programs."""
    people, statements = (500, 40) if quick else (10_000, 500)
    beside = (200, 20) if quick else (1_000, 200)
    ours: dict[str, Figures] = {"whole": _whole(people, statements)}
    matrix = _matrix(*beside)
    ours["picture"] = {"s": _seconds(lambda: picture_of(matrix, least_group=5))}
    baseline: dict[str, Figures] = {"whole": {"s": 10.0}, "picture": {"s": _theirs(matrix)}}
    return Report(
        name="opinions",
        work=f"{people} people, {statements} statements; the picture of {beside[0]} x {beside[1]}",
        ours=ours,
        baseline=baseline,
        ratio={case: round(baseline[case]["s"] / ours[case]["s"], 2) for case in ours},
        limits={"whole": Limit("s", 10)},
    )


def _whole(people: int, statements: int) -> Figures:
    """The seconds from the closed map to the drawn one, and how many answers there were."""
    with directory("opinions-") as here, Postgres(here / "pg") as server:
        schema.migrate(server.owner_url, server.url, here / "secrets")
        make = Factory(open_database(server.url, text_keys=TextKeys(here / "secrets")))
        table = make.table()
        chair = make.holder(Role.FACILITATOR, table.id)
        with make.database.transaction(chair) as tx:
            opened = open_opinion_map(
                tx,
                table_id=table.id,
                title="Opening hours",
                question="",
                opinions=[f"Statement number {number}." for number in range(statements)],
                closes_at=clock.now() + timedelta(days=1),
            )
            tx.session.execute(text(_PEOPLE), {"people": people})
            tx.session.execute(text(_ANSWERS), {"map_id": opened.id})
            answers = tx.session.scalar(text("SELECT count(*) FROM opinion_answer")) or 0
        with make.database.transaction(chair) as tx:
            close_opinion_map(tx, map_id=opened.id)
        begun = time.perf_counter()
        with make.database.transaction(SYSTEM) as tx:
            drawn = draw_opinion_map(tx, map_id=opened.id)
        taken = time.perf_counter() - begun
        assert drawn.picture is not None
        groups = len(drawn.picture["groups"])
    return {"s": round(taken, 2), "answers": answers, "groups": groups}


def _matrix(people: int, statements: int) -> Matrix:
    random = np.random.default_rng(1)
    camps = random.choice([-1.0, 1.0], size=(3, statements))
    values = camps[random.integers(3, size=people)]
    values = np.where(random.random(values.shape) < 0.05, -values, values)
    values = np.where(random.random(values.shape) < 0.6, values, np.nan)
    return Matrix(tuple(range(1, statements + 1)), values)


def _theirs(matrix: Matrix) -> float:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from reddwarf.implementations.polis import run_pipeline

        votes = [
            {"participant_id": int(row), "statement_id": int(column), "vote": int(value)}
            for (row, column), value in np.ndenumerate(matrix.values)
            if not np.isnan(value)
        ]
        return _seconds(lambda: run_pipeline(votes=votes, random_state=1))


def _seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return round(time.perf_counter() - begun, 3)
