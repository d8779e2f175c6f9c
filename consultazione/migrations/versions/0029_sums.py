"""Check each sum of money once a transaction, however many shares of it are written.

The triggers of 0022 added a cost and a fund up again for every share, so the time of a file with
thousands of shares grew with their square. Now each sum that a transaction touches is noted once,
in `unchecked_sum`, and the trigger that checks is the note's, deferred to the commit as before. It
stays due if somebody deletes the note; no note outlives its transaction. What is checked, and the
turn that transactions take for it, remain those of 0022; so does what earmarks and the amounts of
funds trigger. Every name in the functions is qualified, so that no temporary table can stand in
for a real one.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from consultazione.core.log import Xid8

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

_NOTE_SHARES = """
CREATE FUNCTION note_sums_of_share() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO public.unchecked_sum (programme_id, kind, number) VALUES
            (OLD.programme_id, 'cost', OLD.intervention_id),
            (OLD.programme_id, 'fund', OLD.fund_id)
            ON CONFLICT DO NOTHING;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        IF NOT EXISTS (
            SELECT FROM public.annual_programme p
            JOIN public.body b USING (zone_id) JOIN public.fund f USING (zone_id)
            WHERE p.id = NEW.programme_id AND b.id = NEW.body_id AND f.id = NEW.fund_id
        ) THEN
            RAISE EXCEPTION 'share % is of a body or a fund of another zone', NEW.id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'share_zone';
        END IF;
        INSERT INTO public.unchecked_sum (programme_id, kind, number) VALUES
            (NEW.programme_id, 'cost', NEW.intervention_id),
            (NEW.programme_id, 'fund', NEW.fund_id)
            ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$
"""

# Who else gives an intervention a share while its purpose changes commits before or after the
# check, which therefore looks for the funds by itself. A new intervention has no shares yet.
_NOTE_INTERVENTIONS = """
CREATE FUNCTION note_sums_of_intervention() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO public.unchecked_sum (programme_id, kind, number)
        VALUES (NEW.programme_id, 'cost', NEW.id) ON CONFLICT DO NOTHING;
    IF TG_OP = 'UPDATE'
        AND (OLD.level, OLD.area, OLD.policies) IS DISTINCT FROM (NEW.level, NEW.area, NEW.policies)
    THEN
        INSERT INTO public.unchecked_sum (programme_id, kind, number)
            VALUES (NEW.programme_id, 'funds', 0) ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$
"""

# The note goes first: what changes after the check is noted, and checked, again.
_CHECK_NOTES = """
CREATE FUNCTION unchecked_sum_comes_out_right() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM public.unchecked_sum n
        WHERE (n.xid, n.programme_id, n.kind, n.number)
            = (NEW.xid, NEW.programme_id, NEW.kind, NEW.number);
    PERFORM public.lock_money(NEW.programme_id);
    CASE NEW.kind
        WHEN 'cost' THEN PERFORM public.check_cost(NEW.number);
        WHEN 'fund' THEN PERFORM public.check_fund(NEW.programme_id, NEW.number);
        WHEN 'funds' THEN PERFORM public.check_fund(NEW.programme_id, used.fund_id) FROM (
            SELECT DISTINCT s.fund_id FROM public.share s WHERE s.programme_id = NEW.programme_id
        ) used;
    END CASE;
    RETURN NULL;
END $$
"""

# As 0022 made them.
_CHECK_SHARES = """
CREATE FUNCTION share_comes_out_right() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    zone bigint;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM public.lock_money(OLD.programme_id);
        PERFORM public.check_cost(OLD.intervention_id);
        PERFORM public.check_fund(OLD.programme_id, OLD.fund_id);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        zone := public.lock_money(NEW.programme_id);
        IF NOT EXISTS (
            SELECT FROM public.body b, public.fund f
            WHERE b.id = NEW.body_id AND f.id = NEW.fund_id AND b.zone_id = zone
                AND f.zone_id = zone
        ) THEN
            RAISE EXCEPTION 'share % is of a body or a fund of another zone', NEW.id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'share_zone';
        END IF;
        PERFORM public.check_cost(NEW.intervention_id);
        PERFORM public.check_fund(NEW.programme_id, NEW.fund_id);
    END IF;
    RETURN NULL;
END $$
"""

_CHECK_INTERVENTIONS = """
CREATE FUNCTION intervention_comes_out_right() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.lock_money(NEW.programme_id);
    PERFORM public.check_cost(NEW.id);
    PERFORM public.check_fund(NEW.programme_id, used.fund_id)
        FROM (SELECT DISTINCT s.fund_id FROM public.share s WHERE s.intervention_id = NEW.id) used;
    RETURN NULL;
END $$
"""

_SHARED = "intervention_id, programme_id, body_id, fund_id, amount"
_WRITES = {
    "share": f"INSERT OR DELETE OR UPDATE OF {_SHARED}",
    "intervention": "INSERT OR UPDATE OF programme_id, total, level, area, policies",
}


def upgrade() -> None:
    """Money that came out right stays as it is: nothing of it is checked again."""
    for table in _WRITES:
        op.execute(f"DROP TRIGGER {table}_comes_out_right ON {table}")
        op.execute(f"DROP FUNCTION {table}_comes_out_right()")
    _notes()
    for function in (_NOTE_SHARES, _NOTE_INTERVENTIONS, _CHECK_NOTES):
        op.execute(function)
    for table, events in _WRITES.items():
        op.execute(
            f"CREATE TRIGGER note_sums AFTER {events} ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION note_sums_of_{table}()"
        )
    _check("unchecked_sum", "INSERT")


def downgrade() -> None:
    for table in _WRITES:
        op.execute(f"DROP TRIGGER note_sums ON {table}")
        op.execute(f"DROP FUNCTION note_sums_of_{table}()")
    op.drop_table("unchecked_sum")
    op.execute("DROP FUNCTION unchecked_sum_comes_out_right()")
    for function in (_CHECK_SHARES, _CHECK_INTERVENTIONS):
        op.execute(function)
    for table, events in _WRITES.items():
        _check(table, events)


def _check(table: str, events: str) -> None:
    op.execute(
        f"CREATE CONSTRAINT TRIGGER {table}_comes_out_right AFTER {events} ON {table}"
        " DEFERRABLE INITIALLY DEFERRED"
        f" FOR EACH ROW EXECUTE FUNCTION {table}_comes_out_right()"
    )


def _notes() -> None:
    op.create_table(
        "unchecked_sum",
        sa.Column("xid", Xid8(), server_default=sa.text("pg_current_xact_id()"), nullable=False),
        sa.Column("programme_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("kind IN ('cost', 'fund', 'funds')", name=op.f("ck_unchecked_sum_kind")),
        sa.PrimaryKeyConstraint(
            "xid", "programme_id", "kind", "number", name=op.f("pk_unchecked_sum")
        ),
    )
