"""An index of everything that is searched; stems of Italian words without their accents.

The index starts empty: the dispatcher fills it from the log, or `consultazione search rebuild`.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0095"
down_revision = "0094"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_CATEGORIES = (
    "local_authority", "health_authority", "asp", "volunteering", "aps", "union", "social_coop",
    "foundation", "labour_org", "professional_order", "trade_association",
    "family_user_association", "citizen",
)  # fmt: skip
_PLAIN = {"postgresql_using": "gin", "postgresql_with": {"fastupdate": "off"}}


def upgrade() -> None:
    """Both extensions are trusted: the owner of a database may create them."""
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    op.execute("CREATE TEXT SEARCH CONFIGURATION italian_plain (COPY = italian)")
    op.execute(
        "ALTER TEXT SEARCH CONFIGURATION italian_plain"
        " ALTER MAPPING FOR hword, hword_part, word WITH unaccent, italian_stem"
    )
    op.create_table(
        "search_key",
        sa.Column("leaf", sa.BigInteger(), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("leaf", name=op.f("pk_search_key")),
    )
    op.create_table(
        "material_text",
        sa.Column("material_id", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(300), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["material_id"], ["material.id"], name=op.f("fk_material_text_material_id_material")
        ),
        sa.PrimaryKeyConstraint("material_id", name=op.f("pk_material_text")),
    )
    _create_entries()


def downgrade() -> None:
    """What was indexed stands elsewhere still; the extension stays, others may use it."""
    op.drop_table("search_entry")
    op.drop_table("material_text")
    op.drop_table("search_key")
    op.execute("DELETE FROM log_cursor WHERE name = 'search'")
    op.execute("DROP TEXT SEARCH CONFIGURATION italian_plain")


def _create_entries() -> None:
    op.create_table(
        "search_entry",
        sa.Column("kind", sa.String(300), nullable=False),
        sa.Column("object_id", sa.BigInteger(), nullable=False),
        sa.Column("band", sa.SmallInteger(), nullable=False),
        sa.Column("zone_id", sa.BigInteger(), nullable=False),
        sa.Column("cycle_id", sa.BigInteger()),
        sa.Column("table_id", sa.BigInteger()),
        sa.Column("category", sa.String(40)),
        sa.Column("state", sa.String(300)),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("title", sa.String(300)),
        sa.Column("words", TSVECTOR()),
        sa.Column("stems", sa.ARRAY(sa.BigInteger())),
        sa.Column("leaf", sa.BigInteger()),
        sa.Column("stale", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.CheckConstraint(
            sa.column("category").in_(_CATEGORIES), name=op.f("ck_search_entry_category")
        ),
        sa.ForeignKeyConstraint(
            ["zone_id"], ["zone.id"], name=op.f("fk_search_entry_zone_id_zone")
        ),
        sa.PrimaryKeyConstraint("kind", "object_id", name=op.f("pk_search_entry")),
    )
    newest = ["zone_id", "band", "at", "kind", "object_id"]
    op.create_index("ix_search_entry_newest", "search_entry", newest)
    for name, column, where in (
        ("papers", "words", "band = 0"),
        ("proposals", "words", "band = 1"),
        ("stems", "stems", "band = 2"),
    ):
        op.create_index(
            f"ix_search_entry_{name}", "search_entry", [column],
            postgresql_where=sa.text(where), **_PLAIN,
        )  # fmt: skip
    op.create_index(
        "ix_search_entry_title", "search_entry", ["title"], postgresql_using="gin",
        postgresql_ops={"title": "gin_trgm_ops"}, postgresql_where=sa.text("band < 2"),
    )  # fmt: skip
    has_leaf = sa.text("leaf IS NOT NULL")
    op.create_index("ix_search_entry_leaf", "search_entry", ["leaf"], postgresql_where=has_leaf)
    op.create_index(
        "ix_search_entry_stale", "search_entry", ["kind", "object_id"],
        postgresql_where=sa.text("stale"),
    )  # fmt: skip
