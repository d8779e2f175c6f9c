"""0029b: where interventions come from is noted beside what there is, and goes with them."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.scratch_database import Scratch

_WHEN = "'2018-03-05 16:00+00'"
_MONEY = (
    "INSERT INTO body (id, zone_id, name, kind) VALUES (1, 1, 'Comune', 'municipality')",
    f"""INSERT INTO annual_programme (id, cycle_id, zone_id, year, state, opened_at, demo)
        VALUES (1, 1, 1, 2018, 'draft', {_WHEN}, false)""",
    *(
        f"""INSERT INTO intervention (id, programme_id, kind, title, scheda, regional_area, level,
        area, policies, lead_body_id, objectives, actions, recipients, integration, total,
        updated_at, demo) VALUES ({number}, 1, 'service', 'Affidi', '', '', 'community',
        'families', '{{}}', 1, '', '', '', '', 0, {_WHEN}, false)"""
        for number in (1, 2)
    ),
    f"""INSERT INTO sharing_scenario (id, cycle_id, zone_id, year, name, figures, digest, stored_at,
        demo) VALUES (1, 1, 1, 2018, 'Metà', '{{}}', 'ab', {_WHEN}, false)""",
    f"""INSERT INTO participatory_budget (id, cycle_id, zone_id, year, title, description, method,
        funds, points, state, written_at, demo)
        VALUES (1, 1, 1, 2018, 'Una somma', '', 'points', 10, 1, 'draft', {_WHEN}, false)""",
    """INSERT INTO budget_item (id, budget_id, number, title, description, cost)
        VALUES (1, 1, 1, 'Bus', '', 10)""",
    f"""INSERT INTO territory (id, slug, name, kind, region, lead_body, presentation, demo,
        created_at) VALUES (1, 't', 'Provincia', 'province', 'R', 'P', '', false, {_WHEN})""",
    f"""INSERT INTO provincial_programme (id, territory_id, first_year, last_year, opened_at, demo)
        VALUES (1, 1, 2018, 2020, {_WHEN}, false)""",
    """INSERT INTO provincial_table (id, territory_id, section, name, remit, demo)
        VALUES (1, 1, 'immigration', 'Tavolo', '', false)""",
    f"""INSERT INTO provincial_project (id, territory_id, programme_id, table_id, section, title,
        body, written_at, demo) VALUES (1, 1, 1, 1, 'immigration', 'M', 'x', {_WHEN}, false)""",
    f"""INSERT INTO project_forward (id, project_id, zone_id, cycle_id, state, reason, forwarded_at,
        answered_at) VALUES (1, 1, 1, 1, 'accepted', 'x', {_WHEN}, {_WHEN})""",
)
_ORIGINS = (
    f"INSERT INTO scenario_application VALUES (1, 1, {_WHEN})",
    "INSERT INTO scenario_intervention VALUES (1, 7, 1)",
    "INSERT INTO budget_intervention VALUES (1, 1)",
    "INSERT INTO project_intervention VALUES (1, 1, 1)",
)


def test_rows_of_before_stay_and_origins_go_with_their_intervention(old: Scratch) -> None:
    old.upgrade("0029")
    old.run(*_MONEY)
    before = old.rows()
    old.upgrade("0029b")
    old.run(*_ORIGINS)
    old.downgrade("0029")
    assert old.rows() == before
    old.upgrade("0029b")
    old.run(*_ORIGINS, "DELETE FROM intervention WHERE id = 1")
    found = old.rows()
    gone = ("scenario_intervention", "budget_intervention", "project_intervention")
    assert [found[name] for name in gone] == [[], [], []]
    assert len(found["scenario_application"]) == 1


@pytest.mark.parametrize(
    "twice",
    [
        f"INSERT INTO scenario_application VALUES (1, 1, {_WHEN})",
        "INSERT INTO scenario_intervention VALUES (1, 7, 2)",
        "INSERT INTO scenario_intervention VALUES (1, 8, 1)",
        "INSERT INTO budget_intervention VALUES (2, 1)",
        "INSERT INTO project_intervention VALUES (2, 1, 1)",
        "INSERT INTO project_intervention VALUES (2, 5, 1)",
    ],
)
def test_nothing_comes_into_a_programme_twice(old: Scratch, twice: str) -> None:
    old.upgrade("0029b")
    old.run(*_MONEY, *_ORIGINS)
    with pytest.raises(IntegrityError):
        old.run(twice)
