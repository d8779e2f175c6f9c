"""Close the ways around the sums that plain SQL still had.

NUMERIC knows NaN, which is above every limit and equals itself: shares of NaN came to a total of
NaN, and a fund of NaN had enough for everything. A body, a fund or a programme that moved to
another zone took its shares along, a note that was written anew stood for another sum, and no
trigger saw rows that TRUNCATE takes. Every name in the functions is qualified, so that no
temporary table can stand in for a real one.
"""

from __future__ import annotations

from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

# Table and column, and what was asked of the column before.
_AMOUNTS = {
    ("share", "amount"): "> 0",
    ("share", "spent"): ">= 0",
    ("intervention", "total"): ">= 0",
    ("fund_amount", "amount"): "> 0",
    ("resource", "quantity"): "> 0",
    ("shared_item", "amount"): ">= 0",
    ("participatory_budget", "funds"): "> 0",
    ("budget_item", "cost"): "> 0",
}
_STAYS = """
CREATE FUNCTION stays_in_its_zone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.zone_id <> OLD.zone_id THEN
        RAISE EXCEPTION '% % stays in its zone: shares name it', TG_TABLE_NAME, NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'share_zone';
    END IF;
    RETURN NULL;
END $$
"""
_REST = """
CREATE FUNCTION rest_comes_out_right() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.check_cost(i.id) FROM public.intervention i;
    PERFORM public.check_fund(used.programme_id, used.fund_id) FROM (
        SELECT DISTINCT s.programme_id, s.fund_id FROM public.share s
    ) used;
    RETURN NULL;
END $$
"""
_OF_ZONES = ("annual_programme", "body", "fund")
_TRUNCATED = ("share", "fund_amount")


def upgrade() -> None:
    for (table, column), check in _AMOUNTS.items():
        _check(table, column, f"{column} {check} AND {column} < 'NaN'")
    for function in (_STAYS, _REST):
        op.execute(function)
    for table in _OF_ZONES:
        op.execute(
            f"CREATE TRIGGER stays_in_its_zone AFTER UPDATE OF zone_id ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION stays_in_its_zone()"
        )
    for table in _TRUNCATED:
        op.execute(
            f"CREATE TRIGGER rest_comes_out_right AFTER TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION rest_comes_out_right()"
        )
    _check_notes("INSERT OR UPDATE")


def downgrade() -> None:
    _check_notes("INSERT")
    for table in _TRUNCATED:
        op.execute(f"DROP TRIGGER rest_comes_out_right ON {table}")
    for table in _OF_ZONES:
        op.execute(f"DROP TRIGGER stays_in_its_zone ON {table}")
    for function in ("rest_comes_out_right()", "stays_in_its_zone()"):
        op.execute(f"DROP FUNCTION {function}")
    for (table, column), check in _AMOUNTS.items():
        _check(table, column, f"{column} {check}")


def _check(table: str, column: str, condition: str) -> None:
    name = op.f(f"ck_{table}_{column}")
    op.drop_constraint(name, table)
    op.create_check_constraint(name, table, condition)


def _check_notes(events: str) -> None:
    """Let the check of a sum fall due at these events on its note."""
    name = "unchecked_sum_comes_out_right"
    op.execute(f"DROP TRIGGER {name} ON unchecked_sum")
    op.execute(
        f"CREATE CONSTRAINT TRIGGER {name} AFTER {events} ON unchecked_sum"
        " DEFERRABLE INITIALLY DEFERRED"
        f" FOR EACH ROW EXECUTE FUNCTION {name}()"
    )
