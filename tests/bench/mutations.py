"""A thousand random changes, each alone, to one archive and the database that it was made from.

In one run, in a random order that is the same each time: how many the verifier of archives and
`consultazione verify` find and name. What is missed is printed.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, create_engine
from sqlalchemy.orm import Session

from consultazione import audits
from consultazione.app import create_app
from consultazione.archive import verify
from consultazione.config import read_settings
from consultazione.core.audit import books
from consultazione.core.audit.compare import compared, folded
from consultazione.core.audit.fold import Rows
from consultazione.embedded import schema
from consultazione.embedded.postgres import Postgres
from consultazione.importing.main import load
from consultazione.verify_cli import Audit, log_and_tree
from tests.bench.measure import directory
from tests.bench.report import Figures, Limit, Report
from tests.support import archive_attacks, database_attacks
from tests.support.archives import CYCLE, STORY, archive, signed, unpacked
from tests.support.falsifying import unguard
from tests.support.forging import Scene
from tests.support.keys import SECRETS, text_keys
from tests.support.memory_keys import MemoryKeys
from tests.support.superuser import all_mighty
from tests.support.undone_database import undone_database

assert audits.ALL
_SEED = 2018
_ROWS = 220
# One attack: what must be named, and what was.
Trial = Callable[[random.Random], tuple[str, list[str]]]


def run(*, quick: bool) -> Report:
    """The attacks in random order; figures by where they strike."""
    share = 20 if quick else 1
    with directory("mutations-") as here, _grounds(here) as grounds:
        ours = _tried(grounds.trials(share), random.Random(_SEED))
    total = sum(figures["tried"] for figures in ours.values())
    return Report(
        name="mutations",
        work=f"{total:.0f} changes, each alone, to one archive and its database",
        ours=ours,
        baseline={},
        ratio=1.0,
        limits={case: Limit("missed", 0) for case in ours},
    )


def _tried(trials: list[tuple[str, Trial]], chance: random.Random) -> dict[str, Figures]:
    chance.shuffle(trials)
    tried, missed, taken = Counter[str](), Counter[str](), Counter[str]()
    for case, trial in trials:
        begun = time.perf_counter()
        name, said = trial(chance)
        tried[case] += 1
        taken[case] += round((time.perf_counter() - begun) * 1e6)
        if not any(name in one for one in said):
            missed[case] += 1
            print(f"{case}: {name} is not named by {said[:3]}", flush=True)
    return {
        case: {"tried": count, "missed": missed[case], "s": round(taken[case] / 1e6, 1)}
        for case, count in sorted(tried.items())
    }


@dataclass
class _Grounds:
    """One archive, and the database that it was made from, in the hands of who may do anything."""

    scene: Scene
    key: str
    connection: Connection
    session: Session
    tables: list[Rows]

    def trials(self, share: int) -> list[tuple[str, Trial]]:
        """All attacks; of each the first of so many."""
        of_archives = [
            ("archive", self._on_the_archive(attack))
            for attack, times in archive_attacks.ATTACKS.items()
            for _ in range(-(-times // share))
        ]
        of_logs = [
            ("log", self._on_the_log(attack))
            for attack, times in database_attacks.ATTACKS.items()
            for _ in range(-(-times // share))
        ]
        return [*of_archives, *of_logs, *[("rows", self._on_a_row)] * (_ROWS // share)]

    def _on_the_archive(self, attack: archive_attacks.Attack) -> Trial:
        def trial(chance: random.Random) -> tuple[str, list[str]]:
            name = attack(self.scene, chance)
            faults = verify.verify(self.scene.folder, self.key).faults
            self.scene.undo()
            return name, list(faults)

        return trial

    def _on_the_log(self, attack: database_attacks.Attack) -> Trial:
        def trial(chance: random.Random) -> tuple[str, list[str]]:
            with self.connection.begin_nested() as point:
                name = attack(self.connection, chance)
                faults = [
                    f"{one.stream} #{one.number}" for one in log_and_tree(Audit(self.session))
                ]
                point.rollback()
            self.session.expire_all()
            return name, faults

        return trial

    def _on_a_row(self, chance: random.Random) -> tuple[str, list[str]]:
        while True:
            rows = chance.choice(self.tables)
            attack = chance.choices(
                list(database_attacks.ROW_ATTACKS.values()), database_attacks.SHARES
            )[0]
            with self.connection.begin_nested() as point:
                name = attack(self.connection, rows, chance)
                named = [str(one) for one in compared(self.session, rows)] if name else []
                point.rollback()
            if name:
                return name, named


@contextmanager
def _grounds(here: Path) -> Iterator[_Grounds]:
    """Loaded with the demo zone's past cycle; nothing of it is wrong."""
    with Postgres(here / "pg") as server:
        settings = read_settings(
            {
                "DATA_DIR": str(here / "data"),
                "SECRETS_DIR": str(SECRETS),
                "DATABASE_URL": server.url,
                "REDIS_URL": "redis://127.0.0.1:1",  # pages of visitors ask nothing of it
                "SECRET_KEY": "x" * 40,
                "TESTING": "yes",
            }
        )
        schema.migrate(server.owner_url, server.url, settings.secrets_dir)
        with all_mighty(create_engine(server.url)) as connection:
            database = undone_database(connection, MemoryKeys())
            load(database, STORY, here / "uploads")
            key = signed(database)
            archive(create_app(settings, database), database, here / "a.zip", **CYCLE)
            folder = unpacked(here / "a.zip", here / "a")
            unguard(connection)
            with Session(connection, join_transaction_mode="create_savepoint") as session:
                text_keys().attach(session)
                tables = [rows for book in books() for rows in folded(session, book) if rows.rows]
                assert verify.verify(folder, key).faults == []
                assert list(log_and_tree(Audit(session))) == []
                assert not [one for rows in tables for one in compared(session, rows)]
                yield _Grounds(Scene(folder), key, connection, session, tables)
