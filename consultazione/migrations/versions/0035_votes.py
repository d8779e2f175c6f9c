"""Polls that only consult, polls that the chair annuls, and the vote behind a conclusion.

Every poll of before decides. Conclusions of before name no vote, and none of them is held; each
zone marks what has no vote or quorum behind it, until it chooses otherwise.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

# The names are those of `enum_text` and of the naming convention.
_REASON = "ck_poll_annulreason"
_BEFORE = "'key_lost', 'broken_seal'"


def upgrade() -> None:
    _add_choice("poll", "effect", "binding", ("binding", "consultative"), "effect")
    op.add_column("poll", sa.Column("explanation", sa.Text()))
    _check(_REASON, f"annulled_because IN ({_BEFORE}, 'by_chair')")
    op.create_check_constraint(
        op.f("ck_poll_explained"),
        "poll",
        "(explanation IS NOT NULL) = (annulled_because IS NOT DISTINCT FROM 'by_chair')",
    )
    _add_choice("zone", "without_quorum", "mark", ("mark", "hold"), "withoutquorum")
    op.add_column("conclusion", sa.Column("poll_id", sa.BigInteger()))
    op.create_foreign_key(
        op.f("fk_conclusion_poll_id_poll"), "conclusion", "poll", ["poll_id"], ["id"]
    )
    op.add_column(
        "conclusion", sa.Column("held", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.alter_column("conclusion", "held", server_default=None)


def downgrade() -> None:
    """Refused once the chair annulled a poll, or one only consulted.

    The older program would show the one without its reason, and the other as a decision.
    """
    told = "SELECT count(*) FROM poll WHERE explanation IS NOT NULL OR effect <> 'binding'"
    if op.get_bind().execute(sa.text(told)).scalar_one():
        raise RuntimeError("a poll was annulled by its chair or only consulted: stay")
    op.drop_column("conclusion", "held")
    op.drop_constraint(op.f("fk_conclusion_poll_id_poll"), "conclusion", type_="foreignkey")
    op.drop_column("conclusion", "poll_id")
    op.drop_column("zone", "without_quorum")
    op.drop_constraint(op.f("ck_poll_explained"), "poll", type_="check")
    _check(_REASON, f"annulled_because IN ({_BEFORE})")
    op.drop_column("poll", "explanation")
    op.drop_column("poll", "effect")


def _add_choice(table: str, column: str, old: str, values: tuple[str, ...], name: str) -> None:
    """Add a column with a closed list of values; rows of before get `old`."""
    op.add_column(table, sa.Column(column, sa.String(40), nullable=False, server_default=old))
    op.alter_column(table, column, server_default=None)
    listed = ", ".join(f"'{value}'" for value in values)
    op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, f"{column} IN ({listed})")


def _check(name: str, condition: str) -> None:
    op.drop_constraint(op.f(name), "poll", type_="check")
    op.create_check_constraint(op.f(name), "poll", condition)
