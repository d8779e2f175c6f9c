"""Number frozen documents: a register by zone, kind and year.

What was frozen before gets its numbers too: minutes in the order of their approval, outcomes in
that of their opening. Their entries in the log are those of the approval and of the opening.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0053"
down_revision = "0052b"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
# The documents that are frozen already: of which zone, under which digest, since when, by whom.
_FROZEN = (
    """SELECT t.zone_id, 'minutes', m.id, m.digest, m.pdf_sha256, m.approved_at, m.approved_by
       FROM minutes m JOIN sitting s ON s.id = m.sitting_id
       JOIN thematic_table t ON t.id = s.table_id WHERE m.digest IS NOT NULL""",
    """SELECT t.zone_id, 'outcome', o.id, o.digest, NULL::text, o.opened_at,
       NULL::bigint
       FROM outcome o JOIN thematic_table t ON t.id = o.table_id""",
)
_NUMBERED = """
    INSERT INTO registered_document (zone_id, kind, year, number, object_id, version, digest,
        file_digest, registered_at, registered_by)
    SELECT zone_id, kind, year,
        row_number() OVER (PARTITION BY zone_id, kind, year ORDER BY at, object_id),
        object_id, 1, digest, file_digest, at, by
    FROM (SELECT *, extract(year FROM at AT TIME ZONE 'Europe/Rome')::int AS year
          FROM ({frozen}) AS found (zone_id, kind, object_id, digest, file_digest, at, by)) AS dated
    ORDER BY at, object_id
"""
_COUNTED = """INSERT INTO register_counter (zone_id, kind, year, last)
    SELECT zone_id, kind, year, max(number) FROM registered_document GROUP BY zone_id, kind, year"""


def upgrade() -> None:
    _create_counter()
    _create_register()
    for frozen in _FROZEN:
        op.execute(_NUMBERED.format(frozen=frozen))
    op.execute(_COUNTED)


def downgrade() -> None:
    """The numbers are lost, and documents that only the register keeps."""
    op.drop_table("registered_document")
    op.drop_table("register_counter")


def _create_counter() -> None:
    op.create_table(
        "register_counter",
        sa.Column("zone_id", sa.BigInteger, sa.ForeignKey("zone.id"), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("zone_id", "kind", "year"),
    )


def _create_register() -> None:
    op.create_table(
        "registered_document",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("zone_id", sa.BigInteger, sa.ForeignKey("zone.id"), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("object_id", sa.BigInteger, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("digest", sa.String(300), nullable=False),
        sa.Column("file_digest", sa.String(300)),
        sa.Column("content", JSONB),
        sa.Column("organisation_id", sa.BigInteger, sa.ForeignKey("organisation.id")),
        sa.Column("registered_at", _MOMENT, nullable=False),
        sa.Column("registered_by", sa.BigInteger, sa.ForeignKey("person.id")),
        sa.Column("annulled_at", _MOMENT),
        sa.Column("annulled_by", sa.BigInteger, sa.ForeignKey("person.id")),
        sa.Column("annulled_reason", sa.Text),
        sa.UniqueConstraint("zone_id", "kind", "year", "number"),
        sa.UniqueConstraint("kind", "object_id", "version"),
        sa.CheckConstraint("number > 0", name="number"),
        sa.CheckConstraint(
            "(annulled_at IS NULL) = (annulled_reason IS NULL)"
            " AND (annulled_by IS NULL OR annulled_at IS NOT NULL)",
            name="annulled",
        ),
    )
    op.create_index("ix_registered_document_zone_id_id", "registered_document", ["zone_id", "id"])
