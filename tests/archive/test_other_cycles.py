"""A zone's log tells of all its cycles, and an archive has the rows of one: no row is missing."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import delete, func, select

from consultazione import audits
from consultazione.core.actor import SYSTEM
from consultazione.core.audit import compare, differences
from consultazione.core.log import EntryRow
from consultazione.memory.models import LinkKind, PriorityLink
from consultazione.zones.commands.path import record_act
from consultazione.zones.models import Act, ActKind, Chapter, Cycle, Phase, Priority
from tests.support.factories import Factory
from tests.support.past_cycles import Memory

assert audits.ALL


def test_rows_of_other_cycles_are_not_missed(
    make: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = Memory(make)
    memory.link(LinkKind.NEW, priority_id=memory.of_now.id)
    with make.database.transaction(SYSTEM) as tx:
        record_act(
            tx, cycle_id=memory.now.id, kind=ActKind.FRAMEWORK, title="Piano sociale",
            on_day=date(2021, 1, 8), body="Regione", source="Bollettino",
        )  # fmt: skip
    with make.session() as session:
        last = session.scalar(select(func.max(EntryRow.position)))
        assert list(differences(session)) == []
        for table in (PriorityLink, Priority, Chapter, Phase, Act):
            session.execute(delete(table).where(table.cycle_id == memory.now.id))
        session.execute(delete(Cycle).where(Cycle.id == memory.now.id))
        missing = {one.table for one in differences(session)}
        assert missing >= {"act", "chapter", "cycle", "priority", "priority_link"}

        monkeypatch.setattr(compare, "restored_until", lambda _session: last)
        assert [str(one) for one in differences(session)] == []

        chapter = session.scalars(select(Chapter.id).order_by(Chapter.id)).first()
        session.execute(delete(Chapter).where(Chapter.id == chapter))
        assert [str(one) for one in differences(session)] == [
            f"chapter id={chapter} is missing, the log has it"
        ]
