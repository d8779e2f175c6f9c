"""0024: tables of sharing come beside what there is; a stored what-if stays as it is."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError

from tests.support.scratch_database import Scratch

_WHEN = "'2018-03-05 16:00+00'"
_NEW = (
    "INSERT INTO body (id, zone_id, name, kind) VALUES (1, 1, 'Comune', 'municipality')",
    f"""INSERT INTO body_figures (body_id, year, version, population, source, recorded_at, demo)
        VALUES (1, 2018, 1, 1000, 'Istat', {_WHEN}, false)""",
    f"INSERT INTO sharing_criterion (id, cycle_id, zone_id, written_at) VALUES (1, 1, 1, {_WHEN})",
    f"""INSERT INTO shared_item (cycle_id, zone_id, year, title, amount, criterion_id, written_at,
        demo) VALUES (1, 1, 2018, 'Trasporto', 10.50, 1, {_WHEN}, false)""",
    f"""INSERT INTO sharing_scenario (id, cycle_id, zone_id, year, name, figures, digest, stored_at,
        demo) VALUES (1, 1, 1, 2018, 'Metà', '{{}}', 'ab', {_WHEN}, false)""",
    "INSERT INTO point_scenario (point_id, scenario_id) VALUES (1, 1)",
)


def test_what_there_was_stays_on_the_way_up_and_down(old: Scratch) -> None:
    old.upgrade("0022")
    before = old.rows()
    old.upgrade("0024")
    old.run(*_NEW)
    assert old.value("SELECT amount FROM shared_item") + 0 == 10.5
    old.run("DELETE FROM shared_item", "DELETE FROM body_figures", "DELETE FROM body")
    old.downgrade("0022")
    assert old.rows() == before


@pytest.mark.parametrize(
    "statement",
    [
        """UPDATE sharing_scenario SET figures = '{"total": "1.00"}'""",
        "UPDATE sharing_scenario SET digest = 'cd'",
        "DELETE FROM sharing_scenario",
    ],
)
def test_a_stored_what_if_never_changes(old: Scratch, statement: str) -> None:
    old.upgrade("0024")
    old.run(*_NEW[:-1], "UPDATE sharing_scenario SET name = ''")
    with pytest.raises(DBAPIError, match="a stored what-if never changes"):
        old.run(statement)
    assert old.value("SELECT figures = '{}' AND digest = 'ab' FROM sharing_scenario")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE body_figures SET population = 0",
        "UPDATE body_figures SET population = NULL",
        "UPDATE shared_item SET amount = -0.01",
        "UPDATE shared_item SET zone_id = 2",
    ],
)
def test_what_cannot_be_is_refused(old: Scratch, statement: str) -> None:
    old.upgrade("0024")
    old.run(*_NEW)
    with pytest.raises(IntegrityError):
        old.run(statement)
