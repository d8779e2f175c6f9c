"""The annual programme: funds with their earmarks, interventions, shares of cost, indicators.

What must come out right is checked at the commit, whoever writes, by deferred constraint
triggers: the shares of an intervention come to its total; a fund gives no more than it has in
a programme; what is earmarked is spent on its purpose. Commits that touch the money of one
zone check one after the other, so that two which are right alone cannot be wrong together.
Every name in the functions is qualified, so that no temporary table can stand in for a real one.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

# A transaction that reads one snapshot until its end would not see what others have committed.
_ZONE = """
CREATE FUNCTION lock_money(programme bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    zone bigint;
BEGIN
    SELECT p.zone_id INTO zone FROM public.annual_programme p WHERE p.id = programme;
    IF current_setting('transaction_isolation') = 'repeatable read' THEN
        RAISE EXCEPTION 'change money at the level READ COMMITTED or SERIALIZABLE'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'money_isolation';
    END IF;
    PERFORM pg_advisory_xact_lock(1297043033, zone::integer);
    RETURN zone;
END $$
"""

_COST = """
CREATE FUNCTION check_cost(number bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    cost numeric;
    shared numeric;
BEGIN
    SELECT i.total INTO cost FROM public.intervention i WHERE i.id = number;
    SELECT coalesce(sum(s.amount), 0) INTO shared
        FROM public.share s WHERE s.intervention_id = number;
    IF cost <> shared THEN
        RAISE EXCEPTION 'the shares of intervention % come to %, its total is %',
            number, shared, cost
            USING ERRCODE = 'check_violation', CONSTRAINT = 'share_sum';
    END IF;
END $$
"""

_FUND = """
CREATE FUNCTION check_fund(programme bigint, fund bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    used numeric;
    has numeric;
    mark record;
    elsewhere numeric;
BEGIN
    SELECT a.amount INTO has
        FROM public.fund_amount a WHERE a.programme_id = programme AND a.fund_id = fund;
    IF NOT FOUND AND NOT EXISTS (SELECT FROM public.earmark e WHERE e.fund_id = fund) THEN
        RETURN;
    END IF;
    SELECT coalesce(sum(s.amount), 0) INTO used
        FROM public.share s WHERE s.programme_id = programme AND s.fund_id = fund;
    IF used > has THEN
        RAISE EXCEPTION 'fund % has % in programme %, and % of it are spent',
            fund, has, programme, used
            USING ERRCODE = 'check_violation', CONSTRAINT = 'fund_amount';
    END IF;
    FOR mark IN SELECT e.* FROM public.earmark e WHERE e.fund_id = fund LOOP
        SELECT coalesce(sum(s.amount), 0) INTO elsewhere
            FROM public.share s JOIN public.intervention i ON i.id = s.intervention_id
            WHERE s.programme_id = programme AND s.fund_id = fund
            AND NOT (
                (mark.level IS NULL OR i.level = mark.level)
                AND (mark.area IS NULL OR i.area = mark.area)
                AND (mark.policy IS NULL OR mark.policy = ANY (i.policies))
            );
        IF elsewhere * 100 > (100 - mark.percent) * coalesce(has, used) THEN
            RAISE EXCEPTION 'of fund % at least % percent go to %: % of % are spent elsewhere',
                fund, mark.percent, mark.purpose, elsewhere, coalesce(has, used)
                USING ERRCODE = 'check_violation', CONSTRAINT = 'earmark';
        END IF;
    END LOOP;
END $$
"""

_OF_SHARES = """
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

_OF_INTERVENTIONS = """
CREATE FUNCTION intervention_comes_out_right() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.lock_money(NEW.programme_id);
    PERFORM public.check_cost(NEW.id);
    PERFORM public.check_fund(NEW.programme_id, used.fund_id)
        FROM (SELECT DISTINCT s.fund_id FROM public.share s WHERE s.intervention_id = NEW.id) used;
    RETURN NULL;
END $$
"""

_OF_EARMARKS = """
CREATE FUNCTION earmark_comes_out_right() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    place record;
BEGIN
    FOR place IN
        SELECT p.id FROM public.annual_programme p JOIN public.fund f USING (zone_id)
        WHERE f.id = NEW.fund_id ORDER BY p.id
    LOOP
        PERFORM public.lock_money(place.id);
        PERFORM public.check_fund(place.id, NEW.fund_id);
    END LOOP;
    RETURN NULL;
END $$
"""

_OF_AMOUNTS = """
CREATE FUNCTION fund_amount_comes_out_right() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM public.lock_money(OLD.programme_id);
        PERFORM public.check_fund(OLD.programme_id, OLD.fund_id);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM public.lock_money(NEW.programme_id);
        PERFORM public.check_fund(NEW.programme_id, NEW.fund_id);
    END IF;
    RETURN NULL;
END $$
"""

_FUNCTIONS = {
    "lock_money(bigint)": _ZONE,
    "check_cost(bigint)": _COST,
    "check_fund(bigint, bigint)": _FUND,
    "share_comes_out_right()": _OF_SHARES,
    "intervention_comes_out_right()": _OF_INTERVENTIONS,
    "earmark_comes_out_right()": _OF_EARMARKS,
    "fund_amount_comes_out_right()": _OF_AMOUNTS,
}
_SHARED = "intervention_id, programme_id, body_id, fund_id, amount"
_TRIGGERS = {
    "share": f"INSERT OR DELETE OR UPDATE OF {_SHARED}",
    "intervention": "INSERT OR UPDATE OF programme_id, total, level, area, policies",
    "earmark": "INSERT OR UPDATE",
    "fund_amount": "INSERT OR UPDATE OR DELETE",
}
_TABLES = (
    "share", "resource", "intervention_priority", "intervention_body", "indicator", "correction",
    "intervention", "fund_amount", "annual_programme", "earmark", "fund",
)  # fmt: skip


def upgrade() -> None:
    _funds()
    _interventions()
    _around_interventions()
    for function in _FUNCTIONS.values():
        op.execute(function)
    for table, events in _TRIGGERS.items():
        op.execute(
            f"CREATE CONSTRAINT TRIGGER {table}_comes_out_right AFTER {events} ON {table}"
            " DEFERRABLE INITIALLY DEFERRED"
            f" FOR EACH ROW EXECUTE FUNCTION {table}_comes_out_right()"
        )


def downgrade() -> None:
    for table in _TABLES:
        op.drop_table(table)
    for function in _FUNCTIONS:
        op.execute(f"DROP FUNCTION {function}")


def _funds() -> None:
    op.create_table(
        "fund",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("zone_id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_fund_zone_id_zone")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund")),
        sa.UniqueConstraint("zone_id", "code", name=op.f("uq_fund_zone_id_code")),
    )
    op.create_table(
        "earmark",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("fund_id", sa.BigInteger(), nullable=False),
        sa.Column("purpose", sa.String(length=300), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "access",
                "home",
                "community",
                "residential",
                "inclusion",
                name="macrolevel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "area",
            sa.Enum(
                "families",
                "disability",
                "poverty",
                name="areaofuse",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "policy",
            sa.Enum(
                "housing",
                "work",
                "training",
                "education",
                name="policyarea",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("percent", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.CheckConstraint(
            "num_nonnulls(level, area, policy) > 0", name=op.f("ck_earmark_purpose")
        ),
        sa.CheckConstraint("percent > 0 AND percent <= 100", name=op.f("ck_earmark_percent")),
        sa.ForeignKeyConstraint(["fund_id"], ["fund.id"], name=op.f("fk_earmark_fund_id_fund")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_earmark")),
    )
    op.create_index("ix_earmark_fund_id", "earmark", ["fund_id"])
    op.create_table(
        "annual_programme",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("cycle_id", sa.BigInteger(), nullable=False),
        sa.Column("zone_id", sa.BigInteger(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "approved",
                name="programmestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("act_id", sa.BigInteger(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(state = 'approved') = (act_id IS NOT NULL)",
            name=op.f("ck_annual_programme_approved_by_act"),
        ),
        sa.ForeignKeyConstraint(
            ["act_id"], ["act.id"], name=op.f("fk_annual_programme_act_id_act")
        ),
        sa.ForeignKeyConstraint(
            ["cycle_id", "zone_id"],
            ["cycle.id", "cycle.zone_id"],
            name=op.f("fk_annual_programme_cycle_id_zone_id_cycle"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annual_programme")),
        sa.UniqueConstraint("cycle_id", "year", name=op.f("uq_annual_programme_cycle_id_year")),
    )
    op.create_table(
        "fund_amount",
        sa.Column("programme_id", sa.BigInteger(), nullable=False),
        sa.Column("fund_id", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_fund_amount_amount")),
        sa.ForeignKeyConstraint(["fund_id"], ["fund.id"], name=op.f("fk_fund_amount_fund_id_fund")),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["annual_programme.id"],
            name=op.f("fk_fund_amount_programme_id_annual_programme"),
        ),
        sa.PrimaryKeyConstraint("programme_id", "fund_id", name=op.f("pk_fund_amount")),
    )


def _interventions() -> None:
    op.create_table(
        "intervention",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("programme_id", sa.BigInteger(), nullable=False),
        sa.Column("continues_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "service",
                "project",
                "training",
                name="interventionkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("scheda", sa.String(length=300), nullable=False),
        sa.Column("regional_area", sa.String(length=300), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "access",
                "home",
                "community",
                "residential",
                "inclusion",
                name="macrolevel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "area",
            sa.Enum(
                "families",
                "disability",
                "poverty",
                name="areaofuse",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("policies", postgresql.ARRAY(sa.String(length=40)), nullable=False),
        sa.Column("lead_body_id", sa.BigInteger(), nullable=False),
        sa.Column("table_id", sa.BigInteger(), nullable=True),
        sa.Column("objectives", sa.Text(), nullable=False),
        sa.Column("actions", sa.Text(), nullable=False),
        sa.Column("recipients", sa.Text(), nullable=False),
        sa.Column("integration", sa.Text(), nullable=False),
        sa.Column("total", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "policies <@ ARRAY['housing', 'work', 'training', 'education']::varchar[]",
            name=op.f("ck_intervention_policies"),
        ),
        sa.CheckConstraint("total >= 0", name=op.f("ck_intervention_total")),
        sa.ForeignKeyConstraint(
            ["continues_id"],
            ["intervention.id"],
            name=op.f("fk_intervention_continues_id_intervention"),
        ),
        sa.ForeignKeyConstraint(
            ["lead_body_id"], ["body.id"], name=op.f("fk_intervention_lead_body_id_body")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["annual_programme.id"],
            name=op.f("fk_intervention_programme_id_annual_programme"),
        ),
        sa.ForeignKeyConstraint(
            ["table_id"],
            ["thematic_table.id"],
            name=op.f("fk_intervention_table_id_thematic_table"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intervention")),
        sa.UniqueConstraint("id", "programme_id", name=op.f("uq_intervention_id_programme_id")),
    )
    op.create_index("ix_intervention_continues_id", "intervention", ["continues_id"])
    op.create_index("ix_intervention_programme_id", "intervention", ["programme_id"])
    op.create_table(
        "share",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("intervention_id", sa.BigInteger(), nullable=False),
        sa.Column("programme_id", sa.BigInteger(), nullable=False),
        sa.Column("body_id", sa.BigInteger(), nullable=False),
        sa.Column("fund_id", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("spent", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("activated_by_consultation", sa.Boolean(), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_share_amount")),
        sa.CheckConstraint("spent >= 0", name=op.f("ck_share_spent")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_share_body_id_body")),
        sa.ForeignKeyConstraint(["fund_id"], ["fund.id"], name=op.f("fk_share_fund_id_fund")),
        sa.ForeignKeyConstraint(
            ["intervention_id", "programme_id"],
            ["intervention.id", "intervention.programme_id"],
            name=op.f("fk_share_intervention_id_programme_id_intervention"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share")),
        sa.UniqueConstraint(
            "intervention_id",
            "body_id",
            "fund_id",
            "activated_by_consultation",
            name=op.f("uq_share_payer"),
        ),
    )
    op.create_index("ix_share_body_id", "share", ["body_id"])
    op.create_index("ix_share_fund_id", "share", ["fund_id"])
    op.create_index("ix_share_programme_id_fund_id", "share", ["programme_id", "fund_id"])


def _around_interventions() -> None:
    op.create_table(
        "correction",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("programme_id", sa.BigInteger(), nullable=False),
        sa.Column("intervention_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("corrected_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["intervention_id"],
            ["intervention.id"],
            name=op.f("fk_correction_intervention_id_intervention"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["annual_programme.id"],
            name=op.f("fk_correction_programme_id_annual_programme"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    op.create_index("ix_correction_intervention_id", "correction", ["intervention_id"])
    op.create_index("ix_correction_programme_id", "correction", ["programme_id"])
    op.create_table(
        "indicator",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("intervention_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("unit", sa.String(length=300), nullable=False),
        sa.Column("target", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("measured", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("measured_on", sa.Date(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("responsible", sa.String(length=300), nullable=False),
        sa.CheckConstraint(
            "(measured IS NULL) = (measured_on IS NULL)", name=op.f("ck_indicator_measured")
        ),
        sa.ForeignKeyConstraint(
            ["intervention_id"],
            ["intervention.id"],
            name=op.f("fk_indicator_intervention_id_intervention"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
    )
    op.create_index("ix_indicator_intervention_id", "indicator", ["intervention_id"])
    op.create_table(
        "intervention_body",
        sa.Column("intervention_id", sa.BigInteger(), nullable=False),
        sa.Column("body_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["body_id"], ["body.id"], name=op.f("fk_intervention_body_body_id_body")
        ),
        sa.ForeignKeyConstraint(
            ["intervention_id"],
            ["intervention.id"],
            name=op.f("fk_intervention_body_intervention_id_intervention"),
        ),
        sa.PrimaryKeyConstraint("intervention_id", "body_id", name=op.f("pk_intervention_body")),
    )
    op.create_index("ix_intervention_body_body_id", "intervention_body", ["body_id"])
    op.create_table(
        "intervention_priority",
        sa.Column("intervention_id", sa.BigInteger(), nullable=False),
        sa.Column("priority_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["intervention_id"],
            ["intervention.id"],
            name=op.f("fk_intervention_priority_intervention_id_intervention"),
        ),
        sa.ForeignKeyConstraint(
            ["priority_id"],
            ["priority.id"],
            name=op.f("fk_intervention_priority_priority_id_priority"),
        ),
        sa.PrimaryKeyConstraint(
            "intervention_id", "priority_id", name=op.f("pk_intervention_priority")
        ),
    )
    op.create_index(
        "ix_intervention_priority_priority_id", "intervention_priority", ["priority_id"]
    )
    op.create_table(
        "resource",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("intervention_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "financial",
                "structural",
                "professional",
                name="resourcekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("description", sa.String(length=300), nullable=False),
        sa.Column("quantity", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("unit", sa.String(length=300), nullable=False),
        sa.Column("activated_by_consultation", sa.Boolean(), nullable=False),
        sa.CheckConstraint("kind <> 'financial'", name=op.f("ck_resource_counted")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_resource_quantity")),
        sa.ForeignKeyConstraint(
            ["intervention_id"],
            ["intervention.id"],
            name=op.f("fk_resource_intervention_id_intervention"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resource")),
    )
    op.create_index("ix_resource_intervention_id", "resource", ["intervention_id"])
