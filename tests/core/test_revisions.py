"""What rows said before: kept with who, when and why, and one of two corrections wins."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from consultazione.core.actor import SYSTEM, Role
from consultazione.core.errors import Conflict, Invalid
from consultazione.core.revisions import correct, keep, kept, revise, revisions_of, versions
from consultazione.people.models import Category, Organisation
from tests.support.factories import Factory


def test_a_correction_keeps_who_when_why_and_both_wordings(make: Factory) -> None:
    row, office = make.organisation(), make.holder(Role.PLAN_OFFICE)
    with make.database.transaction(office) as tx:
        mine = tx.session.get_one(Organisation, row.id)
        after = {"name": "Auser", "category": Category.APS}
        correct(tx, mine, version=1, reason="Registered anew", after=after)
    with make.session() as session:
        (change,) = revisions_of(session, session.get_one(Organisation, row.id))
        assert versions(session, Organisation, [row.id, 0]) == {row.id: 2}
    assert (change.version, change.reason, change.author_id) == (
        1,
        "Registered anew",
        office.person_id,
    )
    assert change.was == {"name": row.name, "category": "volunteering"}
    assert change.now == {"name": "Auser", "category": "aps"}


def test_an_overtaken_version_and_no_change_are_refused(make: Factory) -> None:
    row = make.organisation()
    with make.database.transaction(SYSTEM) as tx:
        mine = tx.session.get_one(Organisation, row.id)
        with pytest.raises(Invalid) as same:
            correct(tx, mine, version=1, reason=None, after={"name": row.name})
        correct(tx, mine, version=1, reason=None, after={"name": "Auser"})
        with pytest.raises(Conflict):
            correct(tx, mine, version=1, reason=None, after={"name": "Arci"})
        assert mine.name == "Auser"
    assert list(same.value.fields) == ["name"]


def test_days_moments_and_what_has_no_row_are_kept(make: Factory) -> None:
    row = make.organisation()
    with make.database.transaction(SYSTEM) as tx:
        mine = tx.session.get_one(Organisation, row.id)
        change = revise(
            tx, mine, reason="Gone", after={"withdrawn_at": tx.now, "withdrawn_reason": "Gone"}
        )
        for number in (1, 2):
            was = {"day": tx.today, "number": number}
            keep(tx, "seat", 7, reason="x", was=was, now={})
        assert change.now["withdrawn_at"] == tx.now.isoformat()
        assert [one.version for one in kept(tx.session, "seat", 7)] == [2, 1]
        assert kept(tx.session, "seat", 7)[0].was == {"day": tx.today.isoformat(), "number": 2}


@pytest.mark.parametrize("statement", ["UPDATE revision SET reason = 'x'", "DELETE FROM revision"])
def test_the_application_cannot_change_what_was_kept(make: Factory, statement: str) -> None:
    with (
        make.database.transaction(make.holder(Role.PLAN_OFFICE)) as tx,
        pytest.raises(ProgrammingError, match="permission denied"),
        tx.session.begin_nested(),
    ):
        tx.session.execute(text(statement))
