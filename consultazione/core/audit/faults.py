"""Differences between state and log as faults that `consultazione verify` prints."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from consultazione.core.audit.compare import differences
from consultazione.core.log.verify import Check, Fault

# Where a row that the log says nothing of is counted, since it stands in no stream.
NOWHERE = "state"


def state_faults(session: Session) -> Iterator[Fault]:
    """Each row that says something else than the log, as a fault of the entry that says so.

    session: of one snapshot. All audits have to be imported: see `consultazione.audits`.
    """
    for one in differences(session):
        yield Fault(one.stream or NOWHERE, one.number, str(one), Check.STATE)
