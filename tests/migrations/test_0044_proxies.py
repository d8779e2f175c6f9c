"""0044: proxies; what was cast before was cast by nobody else."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.old_rows import WHEN
from tests.support.scratch_database import Scratch

_PROXY = f"""INSERT INTO proxy (id, sitting_id, giver_id, mandate_id, organisation_id, category,
    holder_id, written_act, given_at, ended_at, ended_because) OVERRIDING SYSTEM VALUE
    SELECT {{id}}, (SELECT min(id) FROM sitting), min(id), {{mandate}}, NULL, 'citizen',
        {{holder}}, 'Letter', {WHEN}, {{ended}}, {{because}} FROM person"""
_STANDING = {
    "id": 1, "mandate": "NULL", "holder": "max(id)", "ended": "NULL", "because": "NULL",
}  # fmt: skip


def test_there_and_back(old: Scratch) -> None:
    old.upgrade("0043")
    before = old.rows()
    old.upgrade("0044")
    assert old.value("SELECT count(proxy_id) FROM ballot") == 0
    old.run(_PROXY.format(**_STANDING))
    old.run("""UPDATE thematic_table SET rule = rule || '{"proxies": 2}'""")
    old.downgrade("0043")
    assert old.rows() == before


def test_a_ballot_cast_by_proxy_is_not_lost(old: Scratch) -> None:
    old.upgrade("0044")
    old.run(_PROXY.format(**_STANDING), "UPDATE ballot SET proxy_id = 1")
    with pytest.raises(IntegrityError):
        old.downgrade("0043")


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": 2},
        {"holder": "min(id)"},
        {"mandate": "(SELECT min(id) FROM mandate)"},
        {"ended": WHEN},
        {"ended": WHEN, "because": "'forgotten'"},
    ],
)
def test_what_the_database_refuses(old: Scratch, wrong: dict[str, object]) -> None:
    old.upgrade("0044")
    if wrong == {"id": 2}:
        old.run(_PROXY.format(**_STANDING))
    with pytest.raises(IntegrityError):
        old.run(_PROXY.format(**_STANDING | wrong))
