"""Keep the words of what everybody may read, zone by zone, for searches with a wrong letter.

Papers and proposals are read again by the loop that follows the log; then a worker counts.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0105b"
down_revision = "0105"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is corrected until the texts were read again."""
    op.execute("CREATE TEXT SEARCH CONFIGURATION spelt_plain (COPY = simple)")
    op.execute(
        "ALTER TEXT SEARCH CONFIGURATION spelt_plain"
        " ALTER MAPPING FOR hword, hword_part, word WITH unaccent, simple"
    )
    op.add_column("search_entry", sa.Column("spelt", TSVECTOR()))
    op.execute("UPDATE search_entry SET stale = true WHERE band < 2")
    op.create_table(
        "search_word",
        sa.Column("word", sa.String(300), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_search_word")),
    )
    op.create_table(
        "search_word_count",
        sa.Column("word", sa.String(300), nullable=False),
        sa.Column("zone_id", sa.BigInteger(), nullable=False),
        sa.Column("objects", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["zone_id"], ["zone.id"], name=op.f("fk_search_word_count_zone_id_zone")
        ),
        sa.PrimaryKeyConstraint("word", "zone_id", name=op.f("pk_search_word_count")),
    )
    op.create_index("ix_search_word_count_zone_id", "search_word_count", ["zone_id"])
    op.create_index(
        "ix_search_word_like", "search_word", ["word"], postgresql_using="gin",
        postgresql_ops={"word": "gin_trgm_ops"},
    )  # fmt: skip
    op.create_table(
        "search_dictionary",
        sa.Column("zone_id", sa.BigInteger(), nullable=False),
        sa.Column("is_stale", sa.Boolean(), nullable=False, server_default=sa.true()),
        sa.Column("begun_at", sa.DateTime(timezone=True)),
        sa.Column("made_at", sa.DateTime(timezone=True)),
        sa.Column("took_ms", sa.Integer(), nullable=False, server_default="0"),
        sa.ForeignKeyConstraint(
            ["zone_id"], ["zone.id"], name=op.f("fk_search_dictionary_zone_id_zone")
        ),
        sa.PrimaryKeyConstraint("zone_id", name=op.f("pk_search_dictionary")),
    )


def downgrade() -> None:
    """Wrong letters are made good in titles alone."""
    op.drop_table("search_dictionary")
    op.drop_table("search_word_count")
    op.drop_table("search_word")
    op.drop_column("search_entry", "spelt")
    op.execute("DROP TEXT SEARCH CONFIGURATION spelt_plain")
