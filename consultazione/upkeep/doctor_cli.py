"""`consultazione doctor`: what is wrong with this installation, a line a finding."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from consultazione.config import BadSetting, Settings, read_settings
from consultazione.core import clock
from consultazione.core.db import make_engine
from consultazione.core.db_limits import Limits
from consultazione.embedded.local_database import with_running_database
from consultazione.upkeep.doctor.case import Case, Finding, Level
from consultazione.upkeep.doctor.registry import Found, examine

_LIMITS = Limits(statement=20, lock=2, kept=1, most=2)


def main(*, as_json: bool) -> int:
    """Print what is found; 1 if there is a fault, 0 if there is none, be there advice or not."""
    found = list(_found())
    if as_json:
        print(json.dumps([_written(one) for one in found], indent=1, ensure_ascii=False))
    else:
        for one in found:
            finding = one.finding
            print(f"{finding.level}: {one.check}: {finding.what} -> {finding.remedy}")
        if not found:
            print("Nothing is wrong that can be seen from here.")
    return 1 if any(one.finding.level is Level.FAULT for one in found) else 0


def _found() -> Iterator[Found]:
    try:
        given = read_settings()
    except BadSetting as error:
        yield Found("settings can be used", Finding(str(error), "Correct it; the rest comes then."))
        return
    settings = with_running_database(given)
    is_ours = given.database_url is None and settings.database_url is not None
    with _session(settings) as session:
        yield from examine(Case(settings, clock.now(), session, is_ours))


@contextmanager
def _session(settings: Settings) -> Iterator[Session | None]:
    """A session of the database, if it answers."""
    if settings.database_url is None:
        yield None
        return
    engine = make_engine(settings.database_url, _LIMITS)
    try:
        with Session(engine.execution_options(postgresql_readonly=True)) as session:
            yield session if _answers(session) else None
    finally:
        engine.dispose()


def _answers(session: Session) -> bool:
    try:
        session.connection()
    except SQLAlchemyError:
        return False
    return True


def _written(found: Found) -> dict[str, str]:
    finding = found.finding
    return {
        "check": found.check,
        "level": str(finding.level),
        "what": finding.what,
        "remedy": finding.remedy,
    }
