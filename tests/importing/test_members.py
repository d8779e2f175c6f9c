"""A second document names organisations and people of the first: they are the same ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from consultazione.core.db import Database
from consultazione.importing.accounts import Account, accounts_notice
from consultazione.importing.main import BadFile, load
from consultazione.people.models import Mandate, Organisation, Person, RoleGrant

FIRST = """
zone:
  slug: valle
  name: Valle
  kind: district
  lead_body: Comune
  cycle: {start: 2018, end: 2020}
  sign_off_rule: all_answered
  demo: true
chapters: [{title: Obiettivi}]
tables: [{id: casa, name: Casa, kind: thematic, remit: Abitare.}]
organisations: [{id: filo, name: Il Filo, category: volunteering, seats: [casa]}]
people:
  - email: delia@valle.example
    display_name: Delia Delegata
    password: tre gatti e un treno
    mandates: [{organisation: filo, act: Delibera 1, starts_on: 2018-01-01}]
    roles: [{role: coordinator, table: casa}, {role: plan_office}]
"""
SECOND = FIRST.replace("2018, end: 2020", "2025, end: 2027")


def test_they_stay_one_and_get_what_is_new(database: Database, tmp_path: Path) -> None:
    load(database, FIRST, tmp_path)
    more = "mandates: [{organisation: filo, act: Delibera 2, starts_on: 2025-01-01}, "
    load(database, SECOND.replace("mandates: [", more), tmp_path)
    with database.snapshot() as session:

        def count(model: type) -> int:
            return session.scalar(select(func.count()).select_from(model)) or 0

        assert (count(Person), count(Organisation), count(Mandate)) == (1, 1, 2)
        tables = session.scalars(select(RoleGrant.table_id).order_by(RoleGrant.id)).all()
    # The role in the zone once, that of a table at the table of each cycle.
    assert len(tables) == len(set(tables)) == 3


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("Delia Delegata", "Dora Delegata", "people.0.display_name"),
        ("delia@", "DELIA@", None),
        ("category: volunteering", "category: aps", "organisations.0.category"),
    ],
)
def test_who_is_somebody_else_is_refused(
    database: Database, tmp_path: Path, old: str, new: str, place: str | None
) -> None:
    load(database, FIRST, tmp_path)
    if place is None:
        assert load(database, SECOND.replace(old, new), tmp_path).cycle.years == "2025-2027"
        return
    with pytest.raises(BadFile, match=place):
        load(database, SECOND.replace(old, new), tmp_path)


def test_a_demonstration_takes_no_real_account(database: Database, tmp_path: Path) -> None:
    load(database, FIRST.replace("  demo: true\n", ""), tmp_path)
    other = FIRST.replace("slug: valle", "slug: colle").replace("name: Valle", "name: Colle")
    with pytest.raises(BadFile, match=r"people\.0\.email: .*real person"):
        load(database, other, tmp_path)


def test_the_notice_is_short_and_says_a_common_password_once() -> None:
    ada, bea = Account("Ada", "ada@a.example", "segreto"), Account("Bea", "b@b.example", "segreto")
    notice = accounts_notice([("Valle", ada), ("Valle", ada), ("Colle", bea), ("Colle", ada)])
    assert notice.count("segreto") == 1
    assert "  Colle: b@b.example, ada@a.example" in notice.splitlines()
    assert len(notice.splitlines()) == 4
    other = Account("Cleo", "c@c.example", "altro")
    assert "altro" in accounts_notice([("Valle", ada), ("Colle", other)])
