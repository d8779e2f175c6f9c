"""Sharing: figures of bodies, criteria, items, stored what-ifs, participatory budgets."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0024"
down_revision = "0022"
branch_labels = None
depends_on = None

_TABLES = (
    "point_scenario", "sharing_scenario", "shared_item", "budget_answer", "budget_item",
    "participatory_budget", "criterion_version", "sharing_criterion", "body_figures",
)  # fmt: skip
# What was stored to be voted on stays as it was; its name alone can be erased.
_KEEP = """
CREATE FUNCTION keep_scenario() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a stored what-if never changes';
END $$;
CREATE TRIGGER keep_scenario BEFORE DELETE OR UPDATE OF
    id, cycle_id, zone_id, year, figures, digest, stored_at ON sharing_scenario
    FOR EACH ROW EXECUTE FUNCTION keep_scenario();
"""


def upgrade() -> None:
    _figures()
    _criteria()
    _budgets()
    _items()
    _scenarios()


def downgrade() -> None:
    for table in _TABLES:
        op.drop_table(table)
    op.execute("DROP FUNCTION keep_scenario()")


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False)


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _line(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(300), nullable=False)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _json(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, JSONB(), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _euro(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Numeric(14, 2), nullable=False)


def _word(
    table: str, name: str, kind: str, *words: str
) -> tuple[sa.Column[str], sa.CheckConstraint]:
    quoted = ", ".join(f"'{word}'" for word in words)
    check = sa.CheckConstraint(f"{name} IN ({quoted})", name=op.f(f"ck_{table}_{kind}"))
    return sa.Column(name, sa.String(40), nullable=False), check


def _demo() -> sa.Column[bool]:
    return sa.Column("demo", sa.Boolean(), nullable=False)


def _refers(
    table: str, name: str, to: str, *, nullable: bool = False
) -> tuple[sa.Column[int], sa.ForeignKeyConstraint]:
    key = sa.ForeignKeyConstraint([name], [f"{to}.id"], name=op.f(f"fk_{table}_{name}_{to}"))
    return sa.Column(name, sa.BigInteger(), nullable=nullable), key


def _in_cycle(table: str) -> tuple[sa.Column[int], sa.Column[int], sa.ForeignKeyConstraint]:
    name = op.f(f"fk_{table}_cycle_id_zone_id_cycle")
    return (
        sa.Column("cycle_id", sa.BigInteger(), nullable=False),
        sa.Column("zone_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id", "zone_id"], ["cycle.id", "cycle.zone_id"], name=name),
    )


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_{table}"))


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def _figures() -> None:
    table = "body_figures"
    unique = sa.UniqueConstraint(
        "body_id", "year", "version", name=op.f("uq_body_figures_body_id_year_version")
    )
    op.create_table(
        table,
        _id(),
        *_refers(table, "body_id", "body"),
        _number("year"),
        _number("version"),
        _number("population", nullable=True),
        _number("users", nullable=True),
        _line("source"),
        _moment("recorded_at"),
        _demo(),
        _key(table, "id"),
        _check(table, "counts", "population > 0 AND users >= 0"),
        _check(table, "something", "num_nonnulls(population, users) > 0"),
        unique,
    )


def _criteria() -> None:
    table = "sharing_criterion"
    op.create_table(table, _id(), *_in_cycle(table), _moment("written_at"), _key(table, "id"))
    op.create_index("ix_sharing_criterion_cycle_id", table, ["cycle_id"])
    table = "criterion_version"
    op.create_table(
        table,
        *_refers(table, "criterion_id", "sharing_criterion"),
        _number("version"),
        _line("name"),
        *_word(table, "kind", "criterionkind", "population", "users", "fixed", "mixed"),
        _number("figures_year"),
        _json("percentages"),
        _json("parts"),
        _text("reason"),
        _moment("written_at"),
        _key(table, "criterion_id", "version"),
    )


def _budgets() -> None:
    table = "participatory_budget"
    op.create_table(
        table,
        _id(),
        *_in_cycle(table),
        _number("year"),
        _line("title"),
        _text("description"),
        *_word(table, "method", "budgetmethod", "knapsack", "points", "ranking"),
        _euro("funds"),
        _number("points"),
        *_word(table, "state", "budgetstate", "draft", "open", "closed"),
        _moment("closes_at", nullable=True),
        _moment("opened_at", nullable=True),
        _moment("closed_at", nullable=True),
        _json("result", nullable=True),
        _moment("written_at"),
        _demo(),
        _key(table, "id"),
        _check(table, "funds", "funds > 0"),
        _check(table, "points", "points > 0"),
        _check(table, "result", "(state = 'closed') = (result IS NOT NULL)"),
    )
    op.create_index("ix_participatory_budget_cycle_id", table, ["cycle_id"])
    table = "budget_item"
    unique = sa.UniqueConstraint(
        "budget_id", "number", name=op.f("uq_budget_item_budget_id_number")
    )
    op.create_table(
        table,
        _id(),
        *_refers(table, "budget_id", "participatory_budget"),
        _number("number"),
        _line("title"),
        _text("description"),
        _euro("cost"),
        _key(table, "id"),
        _check(table, "cost", "cost > 0"),
        unique,
    )
    table = "budget_answer"
    op.create_table(
        table,
        *_refers(table, "budget_id", "participatory_budget"),
        *_refers(table, "person_id", "person"),
        _json("choice"),
        _key(table, "budget_id", "person_id"),
    )


def _items() -> None:
    table = "shared_item"
    unique = sa.UniqueConstraint("budget_item_id", name=op.f("uq_shared_item_budget_item_id"))
    op.create_table(
        table,
        _id(),
        *_in_cycle(table),
        _number("year"),
        _line("title"),
        _euro("amount"),
        *_refers(table, "criterion_id", "sharing_criterion"),
        *_refers(table, "budget_item_id", "budget_item", nullable=True),
        _moment("written_at"),
        _demo(),
        _key(table, "id"),
        _check(table, "amount", "amount >= 0"),
        unique,
    )
    op.create_index("ix_shared_item_cycle_id_year", table, ["cycle_id", "year"])


def _scenarios() -> None:
    table = "sharing_scenario"
    op.create_table(
        table,
        _id(),
        *_in_cycle(table),
        _number("year"),
        _line("name"),
        _json("figures"),
        _line("digest"),
        _moment("stored_at"),
        _demo(),
        _key(table, "id"),
    )
    op.create_index("ix_sharing_scenario_cycle_id", table, ["cycle_id"])
    table = "point_scenario"
    op.create_table(
        table,
        *_refers(table, "point_id", "agenda_point"),
        *_refers(table, "scenario_id", "sharing_scenario"),
        _key(table, "point_id", "scenario_id"),
    )
    op.execute(_KEEP)
