"""What a zone keeps of its past cycles: documents, links of priorities, assessments, comments."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0027"
down_revision = "0026"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "archive_document",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("zone_id", sa.BigInteger(), nullable=False),
        sa.Column("first_year", sa.Integer(), nullable=False),
        sa.Column("last_year", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "plan",
                "annual_programme",
                "programme_agreement",
                "community_profile",
                "report",
                "other",
                name="documentkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("body", sa.String(length=300), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("found_at", sa.String(length=300), nullable=True),
        sa.Column("on_day", sa.Date(), nullable=True),
        sa.Column("file_name", sa.String(length=300), nullable=True),
        sa.Column("media_type", sa.String(length=300), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("sha256", sa.String(length=300), nullable=True),
        sa.Column(
            "text_state",
            sa.Enum(
                "no_file",
                "read",
                "empty",
                "unreadable",
                name="textstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column(
            "words",
            TSVECTOR(),
            sa.Computed(
                "to_tsvector('italian'::regconfig, (title || ' ') || body)", persisted=True
            ),
            nullable=True,
        ),
        sa.CheckConstraint(
            "(sha256 IS NULL) = (text_state = 'no_file')", name=op.f("ck_archive_document_file")
        ),
        sa.CheckConstraint("last_year >= first_year", name=op.f("ck_archive_document_years")),
        sa.CheckConstraint(
            "num_nonnulls(file_name, media_type, size, sha256) IN (0, 4)",
            name=op.f("ck_archive_document_whole_file"),
        ),
        sa.ForeignKeyConstraint(
            ["zone_id"], ["zone.id"], name=op.f("fk_archive_document_zone_id_zone")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archive_document")),
    )
    op.create_index(
        "ix_archive_document_words", "archive_document", ["words"], postgresql_using="gin"
    )
    op.create_index("ix_archive_document_zone_id", "archive_document", ["zone_id", "first_year"])
    op.create_table(
        "archive_page",
        sa.Column("document_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column(
            "words",
            TSVECTOR(),
            sa.Computed("to_tsvector('italian'::regconfig, body)", persisted=True),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["archive_document.id"],
            name=op.f("fk_archive_page_document_id_archive_document"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("document_id", "number", name=op.f("pk_archive_page")),
    )
    op.create_index("ix_archive_page_words", "archive_page", ["words"], postgresql_using="gin")
    op.create_table(
        "priority_link",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("zone_id", sa.BigInteger(), nullable=False),
        sa.Column("cycle_id", sa.BigInteger(), nullable=False),
        sa.Column("earlier_cycle_id", sa.BigInteger(), nullable=False),
        sa.Column("priority_id", sa.BigInteger(), nullable=True),
        sa.Column("earlier_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "continued",
                "changed",
                "dropped",
                "new",
                name="linkkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'dropped') = (priority_id IS NULL)", name=op.f("ck_priority_link_dropped")
        ),
        sa.CheckConstraint(
            "(kind = 'new') = (earlier_id IS NULL)", name=op.f("ck_priority_link_new")
        ),
        sa.CheckConstraint("earlier_cycle_id <> cycle_id", name=op.f("ck_priority_link_cycles")),
        sa.ForeignKeyConstraint(
            ["cycle_id", "zone_id"],
            ["cycle.id", "cycle.zone_id"],
            name=op.f("fk_priority_link_cycle_id_zone_id_cycle"),
        ),
        sa.ForeignKeyConstraint(
            ["earlier_cycle_id", "zone_id"],
            ["cycle.id", "cycle.zone_id"],
            name=op.f("fk_priority_link_earlier_cycle_id_zone_id_cycle"),
        ),
        sa.ForeignKeyConstraint(
            ["earlier_id"], ["priority.id"], name=op.f("fk_priority_link_earlier_id_priority")
        ),
        sa.ForeignKeyConstraint(
            ["priority_id"], ["priority.id"], name=op.f("fk_priority_link_priority_id_priority")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_priority_link")),
        sa.UniqueConstraint(
            "cycle_id",
            "earlier_cycle_id",
            "priority_id",
            "earlier_id",
            name="uq_priority_link_pair",
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_index("ix_priority_link_earlier_id", "priority_link", ["earlier_id"])
    op.create_index("ix_priority_link_priority_id", "priority_link", ["priority_id"])
    op.create_table(
        "promise_assessment",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("zone_id", sa.BigInteger(), nullable=False),
        sa.Column("cycle_id", sa.BigInteger(), nullable=False),
        sa.Column("priority_id", sa.BigInteger(), nullable=True),
        sa.Column("item_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "fulfilment",
            sa.Enum(
                "done",
                "partly",
                "not_done",
                "unknown",
                name="fulfilment",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("assessed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "num_nonnulls(priority_id, item_id) = 1", name=op.f("ck_promise_assessment_promise")
        ),
        sa.ForeignKeyConstraint(
            ["cycle_id", "zone_id"],
            ["cycle.id", "cycle.zone_id"],
            name=op.f("fk_promise_assessment_cycle_id_zone_id_cycle"),
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["outcome_item.id"],
            name=op.f("fk_promise_assessment_item_id_outcome_item"),
        ),
        sa.ForeignKeyConstraint(
            ["priority_id"],
            ["priority.id"],
            name=op.f("fk_promise_assessment_priority_id_priority"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise_assessment")),
        sa.UniqueConstraint("item_id", name=op.f("uq_promise_assessment_item_id")),
        sa.UniqueConstraint("priority_id", name=op.f("uq_promise_assessment_priority_id")),
    )
    op.create_index("ix_promise_assessment_cycle_id", "promise_assessment", ["cycle_id"])
    op.create_table(
        "promise_comment",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("assessment_id", sa.BigInteger(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("mandate_id", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_reason", sa.Text(), nullable=True),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(hidden_at IS NULL) = (hidden_reason IS NULL)", name=op.f("ck_promise_comment_hidden")
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["promise_assessment.id"],
            name=op.f("fk_promise_comment_assessment_id_promise_assessment"),
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_promise_comment_author_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["mandate_id"], ["mandate.id"], name=op.f("fk_promise_comment_mandate_id_mandate")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise_comment")),
    )
    op.create_index("ix_promise_comment_assessment_id", "promise_comment", ["assessment_id"])


def downgrade() -> None:
    op.drop_table("promise_comment")
    op.drop_table("promise_assessment")
    op.drop_table("priority_link")
    op.drop_table("archive_page")
    op.drop_table("archive_document")
