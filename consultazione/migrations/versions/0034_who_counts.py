"""Write down who counts: the rule of each table, who is admitted or identified, a poll's basis.

A table that is there keeps what was: whoever has an account attends, speaks, votes and proposes.
At the union consultation only unions propose, by now those with a seat; where unions have seats,
they alone speak and vote too. Polls of before have no basis; they count as they were counted.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

_KINDS = ("plenary", "union_consultation", "thematic", "cross_cutting")
_AS_IT_WAS = """
UPDATE thematic_table SET rule = jsonb_build_object(
    'attend', 'anybody', 'speak', 'anybody', 'vote', 'anybody', 'level', 2, 'hall', true,
    'propose', CASE kind WHEN 'union_consultation' THEN 'unions' ELSE 'anybody' END)
"""
_SEATED_UNIONS = """
UPDATE thematic_table SET rule = rule || '{"speak": "unions", "vote": "unions", "hall": false}'
WHERE kind = 'union_consultation' AND EXISTS (
    SELECT FROM seat JOIN organisation ON organisation.id = seat.organisation_id
    WHERE seat.table_id = thematic_table.id AND organisation.category = 'union')
"""


def upgrade() -> None:
    op.add_column("thematic_table", sa.Column("rule", JSONB))
    op.execute(_AS_IT_WAS)
    op.execute(_SEATED_UNIONS)
    op.alter_column("thematic_table", "rule", nullable=False)
    op.create_table(
        "table_default",
        sa.Column("zone_id", sa.BigInteger, sa.ForeignKey("zone.id"), primary_key=True),
        sa.Column("kind", sa.String(40), primary_key=True),
        sa.Column("rule", JSONB, nullable=False),
        sa.CheckConstraint(f"kind IN {_KINDS}", name="tablekind"),
    )
    _create_accreditations()
    op.add_column(
        "person", sa.Column("assurance", sa.SmallInteger, nullable=False, server_default="0")
    )
    op.create_check_constraint("assurance", "person", "assurance BETWEEN 0 AND 2")
    op.add_column(
        "attendance",
        sa.Column("in_charge", sa.Boolean, nullable=False, server_default=sa.false()),
    )
    op.add_column("poll", sa.Column("basis", JSONB))
    op.add_column("ballot", sa.Column("represents_id", sa.BigInteger, sa.ForeignKey("person.id")))
    op.create_index(
        "ix_ballot_represents_id",
        "ballot",
        ["poll_id", "represents_id"],
        postgresql_where="represents_id IS NOT NULL",
    )
    op.execute(
        "UPDATE ballot SET represents_id = mandate.person_id FROM mandate"
        " WHERE mandate.id = ballot.mandate_id AND mandate.person_id <> ballot.person_id"
    )


def downgrade() -> None:
    op.drop_column("ballot", "represents_id")
    op.drop_column("poll", "basis")
    op.drop_column("attendance", "in_charge")
    op.drop_column("person", "assurance")
    op.drop_table("accreditation")
    op.drop_table("table_default")
    op.drop_column("thematic_table", "rule")


def _create_accreditations() -> None:
    op.create_table(
        "accreditation",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("table_id", sa.BigInteger, sa.ForeignKey("thematic_table.id"), nullable=False),
        sa.Column("person_id", sa.BigInteger, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by", sa.BigInteger, sa.ForeignKey("person.id")),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("ended_reason", sa.Text),
    )
    op.create_index(
        "uq_accreditation_standing",
        "accreditation",
        ["table_id", "person_id"],
        unique=True,
        postgresql_where="ended_at IS NULL",
    )
    op.create_index("ix_accreditation_person_id", "accreditation", ["person_id"])
