"""Interventions paid from funds, by plain SQL, and what the database must refuse about them."""

from __future__ import annotations

from tests.support.psql import psql
from tests.support.scratch_database import Scratch

# At revision 0022: 80 of fund 1 go to families, 40 elsewhere.
PAID = (
    """INSERT INTO zone (id, slug, name, kind, lead_body, presentation, sign_off_rule, demo,
        created_at, shares_drafts) VALUES
        (1, 'reno', 'Unione', 'union', 'Unione', '', 'all_answered', false, now(), false),
        (2, 'faenza', 'Faenza', 'district', 'Faenza', '', 'all_answered', false, now(), false)""",
    """INSERT INTO cycle (id, zone_id, first_year, last_year, opened_at)
        VALUES (1, 1, 2018, 2020, now())""",
    """INSERT INTO body (id, zone_id, name, kind) VALUES
        (1, 1, 'Zola Predosa', 'municipality'), (2, 2, 'Faenza', 'municipality'),
        (3, 1, 'Sasso Marconi', 'municipality')""",
    """INSERT INTO annual_programme (id, cycle_id, zone_id, year, state, opened_at, demo)
        VALUES (1, 1, 1, 2018, 'draft', now(), false)""",
    """INSERT INTO fund (id, zone_id, code, name, source, demo) VALUES
        (1, 1, 'FNPS', 'Fondo nazionale politiche sociali', '', false),
        (2, 1, 'COM', 'Fondo comunale', '', false),
        (3, 2, 'COM', 'Fondo comunale', '', false)""",
    """INSERT INTO intervention (id, programme_id, kind, title, scheda, regional_area, level, area,
        policies, lead_body_id, objectives, actions, recipients, integration, total, updated_at,
        demo) VALUES
        (1, 1, 'service', 'Affidi', '', '', 'community', 'families', '{}', 1, '', '', '', '',
            100, now(), false),
        (2, 1, 'project', 'Empori', '', '', 'inclusion', 'poverty', '{work}', 1, '', '', '', '',
            60, now(), false)""",
    """INSERT INTO share (id, intervention_id, programme_id, body_id, fund_id, amount,
        activated_by_consultation) VALUES
        (1, 1, 1, 1, 1, 80, false), (2, 1, 1, 1, 2, 20, false),
        (3, 2, 1, 1, 1, 40, false), (4, 2, 1, 1, 2, 20, false)""",
    "SELECT setval(pg_get_serial_sequence('share', 'id'), 4)",
)
EARMARK = """INSERT INTO earmark (fund_id, purpose, area, percent, source)
    VALUES (1, 'minori', 'families', 50, 'Piano sociale nazionale 2021-2023')"""
SHARE = """INSERT INTO share (intervention_id, programme_id, body_id, fund_id, amount,
    activated_by_consultation) VALUES (%s, 1, %s, %s, %s, true)"""

# Statements with what the database complains of.
WRONG = [
    ("UPDATE share SET amount = 79.99 WHERE id = 1", "come to 99.99, its total is 100"),
    ("UPDATE intervention SET total = 101 WHERE id = 1", "come to 100.00, its total is 101"),
    ("DELETE FROM share WHERE id = 4", "come to 40.00, its total is 60"),
    (SHARE % (1, 1, 2, 1), "come to 101.00"),
    ("UPDATE share SET intervention_id = 2, body_id = 3 WHERE id = 1", "come to 20.00"),
    ("UPDATE share SET amount = 0 WHERE id = 1", "ck_share_amount"),
    ("UPDATE share SET amount = -80 WHERE id = 1", "ck_share_amount"),
    ("UPDATE share SET spent = -1 WHERE id = 1", "ck_share_spent"),
    ("UPDATE share SET body_id = 2 WHERE id = 1", "of another zone"),
    ("UPDATE share SET fund_id = 3 WHERE id = 1", "of another zone"),
    (EARMARK.replace("50", "100.01"), "ck_earmark_percent"),
    (EARMARK.replace("'families'", "NULL"), "ck_earmark_purpose"),
    (EARMARK.replace("50", "66.67"), "at least 66.67 percent go to minori: 40.00 of 120.00"),
    ("UPDATE annual_programme SET state = 'approved'", "approved_by_act"),
]
# What would leave less than half of fund 1 to families.
ELSEWHERE = [
    ("UPDATE share SET amount = 30 WHERE id = 1",
     "UPDATE intervention SET total = 50 WHERE id = 1"),
    ("UPDATE intervention SET area = 'disability' WHERE id = 1",),
    ("UPDATE share SET amount = 81 WHERE id = 3",
     "UPDATE intervention SET total = 101 WHERE id = 2"),
    ("UPDATE share SET fund_id = 2, body_id = 3 WHERE id = 1",),
    ("DELETE FROM share WHERE id = 1", "UPDATE intervention SET total = 20 WHERE id = 1"),
]  # fmt: skip


def accept(paid: Scratch, *statements: str) -> None:
    """Run statements in one transaction of psql; fail with what it complained of, if it did."""
    assert psql(paid, *statements) == ""
