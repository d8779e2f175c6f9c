"""Erasure by order: the orders, replaced editions, destroyed files, and what may erase.

An order is added to and never changed, and so are the digests of replaced editions. What a row
said before a correction stays as it was, except that an order of this very transaction may take
words out of it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from consultazione.core.log import Xid8

revision = "0058"
down_revision = "0055"
branch_labels = None
depends_on = None

_ERASE_ONE = """
CREATE FUNCTION erase_log_text(entry bigint, name text) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE public.log_text SET sealed = NULL
    WHERE position = entry AND field = name AND sealed IS NOT NULL;
END $$
"""
_FROM_REVISION = """
CREATE FUNCTION erase_from_revision(number bigint, before jsonb, after jsonb, why text)
RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.erasure_order WHERE xid = pg_current_xact_id()
    ) THEN
        RAISE EXCEPTION 'words leave a kept version only with an order that says so';
    END IF;
    UPDATE public.revision SET was = before, now = after, reason = why WHERE id = number;
END $$
"""
_FUNCTIONS = {
    "erase_log_text(bigint, text)": _ERASE_ONE,
    "erase_from_revision(bigint, jsonb, jsonb, text)": _FROM_REVISION,
}


def upgrade() -> None:
    _orders()
    _editions()
    _files()
    for name, definition in _FUNCTIONS.items():
        op.execute(definition)
        op.execute(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC")
    op.execute(
        "CREATE TRIGGER note_erasure AFTER INSERT ON erasure_order "
        "FOR EACH STATEMENT EXECUTE FUNCTION note_erasure()"
    )


def downgrade() -> None:
    """The register of orders is lost, and the digests of the editions that they replaced."""
    for name in _FUNCTIONS:
        op.execute(f"DROP FUNCTION {name}")
    op.drop_table("erased_file")
    op.drop_table("document_edition")
    op.drop_table("erasure_order")


def _orders() -> None:
    grounds = sa.Enum(
        "right_to_erasure", "court", "garante", "appeal",
        name="ground", native_enum=False, length=40, create_constraint=True,
    )  # fmt: skip
    op.create_table(
        "erasure_order",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("zone_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("ground", grounds, nullable=False),
        sa.Column("reference", sa.String(300), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("asked_on", sa.Date()),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger()),
        sa.Column("texts", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("xid", Xid8(), server_default=sa.func.pg_current_xact_id(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_erasure_order_number")),
        sa.CheckConstraint(
            "asked_on IS NULL OR asked_on <= decided_on", name=op.f("ck_erasure_order_asked")
        ),
        _of("erasure_order", "zone_id", "zone"),
        _of("erasure_order", "made_by", "person"),
        _of("erasure_order", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure_order")),
        sa.UniqueConstraint("zone_id", "number", name=op.f("uq_erasure_order_zone_id_number")),
    )


def _editions() -> None:
    op.create_table(
        "document_edition",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("subject", sa.String(300), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(300), nullable=False),
        sa.Column("pdf_sha256", sa.String(300)),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_edition")),
        sa.UniqueConstraint(
            "subject",
            "subject_id",
            "number",
            name=op.f("uq_document_edition_subject_subject_id_number"),
        ),
    )
    op.create_index("ix_document_edition_digest", "document_edition", ["digest"])


def _files() -> None:
    op.create_table(
        "erased_file",
        sa.Column("sha256", sa.String(300), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_erased_file")),
    )


def _of(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}")
    )
