"""The tables of the first release."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from consultazione.core.log import Xid8

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE EXTENSION IF NOT EXISTS unaccent")
    op.create_table(
        "done_act",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("content", sa.LargeBinary(length=32), nullable=False),
        sa.Column("answer", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "key", name=op.f("pk_done_act")),
    )
    op.create_index("ix_done_act_done_at", "done_act", ["done_at"], unique=False)
    op.create_table(
        "ended_sign_in",
        sa.Column("token_digest", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("token_digest", name=op.f("pk_ended_sign_in")),
    )
    op.create_table(
        "log_cursor",
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_log_cursor")),
    )
    op.create_table(
        "log_entry",
        sa.Column("position", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("xid", Xid8(), server_default=sa.text("pg_current_xact_id()"), nullable=False),
        sa.Column("stream", sa.String(length=300), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=300), nullable=False),
        sa.Column("data", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("prev_digest", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_log_entry")),
        sa.UniqueConstraint("stream", "number", name=op.f("uq_log_entry_stream_number")),
    )
    op.create_index("ix_log_entry_kind_position", "log_entry", ["kind", "position"], unique=False)
    op.create_table(
        "log_stream",
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_log_stream")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("email", sa.String(length=300), nullable=True),
        sa.Column("display_name", sa.String(length=300), nullable=False),
        sa.Column("password_hash", sa.String(length=300), nullable=True),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_index("uq_person_email", "person", [sa.literal_column("lower(email)")], unique=True)
    op.create_table(
        "zone",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("slug", sa.String(length=300), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "district",
                "union",
                "territorial_area",
                name="zonekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("lead_body", sa.String(length=300), nullable=False),
        sa.Column("cycle_start", sa.Integer(), nullable=False),
        sa.Column("cycle_end", sa.Integer(), nullable=False),
        sa.Column("presentation", sa.Text(), nullable=False),
        sa.Column(
            "sign_off_rule",
            sa.Enum(
                "all_answered",
                "majority_signed",
                name="signoffrule",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("cycle_end >= cycle_start", name=op.f("ck_zone_cycle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_zone")),
        sa.UniqueConstraint("slug", name=op.f("uq_zone_slug")),
    )
    op.create_table(
        "act",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("zone_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "convocation",
                "approval",
                "council_vote",
                "programme_agreement",
                "framework",
                name="actkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("number", sa.String(length=300), nullable=True),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("body", sa.String(length=300), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_act_zone_id_zone")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act")),
    )
    op.create_table(
        "api_token",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("token_digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("label", sa.String(length=300), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_api_token_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_api_token_token_digest")),
    )
    op.create_table(
        "body",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("zone_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "municipality",
                "union_of_municipalities",
                "health_authority",
                "region",
                name="bodykind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_body_zone_id_zone")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body")),
        sa.UniqueConstraint("zone_id", "name", name=op.f("uq_body_zone_id_name")),
    )
    op.create_table(
        "chapter",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("zone_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("mandatory", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_chapter_zone_id_zone")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chapter")),
        sa.UniqueConstraint("zone_id", "number", name=op.f("uq_chapter_zone_id_number")),
    )
    op.create_table(
        "job",
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("reaction", sa.String(length=300), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "done",
                "dead",
                name="jobstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["position"], ["log_entry.position"], name=op.f("fk_job_position_log_entry")
        ),
        sa.PrimaryKeyConstraint("position", "reaction", name=op.f("pk_job")),
    )
    op.create_index(
        "ix_job_dead", "job", ["position"], unique=False, postgresql_where="state = 'dead'"
    )
    op.create_index(
        "ix_job_due", "job", ["due_at"], unique=False, postgresql_where="state = 'pending'"
    )
    op.create_table(
        "log_text",
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("field", sa.String(length=300), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["position"], ["log_entry.position"], name=op.f("fk_log_text_position_log_entry")
        ),
        sa.PrimaryKeyConstraint("position", "field", name=op.f("pk_log_text")),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("zone_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column(
            "category",
            sa.Enum(
                "local_authority",
                "health_authority",
                "asp",
                "volunteering",
                "aps",
                "union",
                "social_coop",
                "foundation",
                "labour_org",
                "citizen",
                name="category",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["zone_id"], ["zone.id"], name=op.f("fk_organisation_zone_id_zone")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("zone_id", "name", name=op.f("uq_organisation_zone_id_name")),
    )
    op.create_table(
        "priority",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("zone_id", sa.BigInteger(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("is_need", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_priority_zone_id_zone")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_priority")),
    )
    op.create_table(
        "sign_in",
        sa.Column("token_digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("device", sa.String(length=300), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_sign_in_person_id_person")
        ),
        sa.PrimaryKeyConstraint("token_digest", name=op.f("pk_sign_in")),
    )
    op.create_index("ix_sign_in_person_id", "sign_in", ["person_id"], unique=False)
    op.create_table(
        "thematic_table",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("zone_id", sa.BigInteger(), nullable=False),
        sa.Column("slug", sa.String(length=300), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "plenary",
                "union_consultation",
                "thematic",
                "cross_cutting",
                name="tablekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("remit", sa.Text(), nullable=False),
        sa.Column("coordinator", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(
            ["zone_id"], ["zone.id"], name=op.f("fk_thematic_table_zone_id_zone")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thematic_table")),
        sa.UniqueConstraint("zone_id", "slug", name=op.f("uq_thematic_table_zone_id_slug")),
    )
    op.create_table(
        "mandate",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("act", sa.String(length=300), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_mandate_interval")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_mandate_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_mandate_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandate")),
    )
    op.create_index("ix_mandate_person_id", "mandate", ["person_id"], unique=False)
    op.create_table(
        "phase",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("zone_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "information",
                "participation",
                "definition",
                "approval",
                name="phasekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closing_act_id", sa.BigInteger(), nullable=True),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["closing_act_id"], ["act.id"], name=op.f("fk_phase_closing_act_id_act")
        ),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_phase_zone_id_zone")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phase")),
        sa.UniqueConstraint("zone_id", "kind", name=op.f("uq_phase_zone_id_kind")),
    )
    op.create_table(
        "role_grant",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "visitor",
                "participant",
                "facilitator",
                "coordinator",
                "union_delegate",
                "plan_office",
                "administrator",
                "system",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("zone_id", sa.BigInteger(), nullable=False),
        sa.Column("table_id", sa.BigInteger(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_role_grant_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["table_id"], ["thematic_table.id"], name=op.f("fk_role_grant_table_id_thematic_table")
        ),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_role_grant_zone_id_zone")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
        sa.UniqueConstraint(
            "person_id",
            "role",
            "zone_id",
            "table_id",
            name=op.f("uq_role_grant_person_id_role_zone_id_table_id"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_table(
        "seat",
        sa.Column("table_id", sa.BigInteger(), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_seat_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["table_id"], ["thematic_table.id"], name=op.f("fk_seat_table_id_thematic_table")
        ),
        sa.PrimaryKeyConstraint("table_id", "organisation_id", name=op.f("pk_seat")),
    )
    op.create_table(
        "sitting",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("table_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "convened",
                "open",
                "closed",
                name="sittingstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("convened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("convened_by", sa.BigInteger(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("presided_by", sa.BigInteger(), nullable=True),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["convened_by"], ["person.id"], name=op.f("fk_sitting_convened_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["presided_by"], ["person.id"], name=op.f("fk_sitting_presided_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["table_id"], ["thematic_table.id"], name=op.f("fk_sitting_table_id_thematic_table")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sitting")),
        sa.UniqueConstraint("id", "table_id", name=op.f("uq_sitting_id_table_id")),
    )
    op.create_index("ix_sitting_table_id", "sitting", ["table_id"], unique=False)
    op.create_table(
        "attendance",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("sitting_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("mandate_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "category",
            sa.Enum(
                "local_authority",
                "health_authority",
                "asp",
                "volunteering",
                "aps",
                "union",
                "social_coop",
                "foundation",
                "labour_org",
                "citizen",
                name="category",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("in_hall", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.ForeignKeyConstraint(
            ["mandate_id"], ["mandate.id"], name=op.f("fk_attendance_mandate_id_mandate")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_attendance_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["sitting.id"], name=op.f("fk_attendance_sitting_id_sitting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
    )
    op.create_index(
        "ix_attendance_sitting_id", "attendance", ["sitting_id", "person_id"], unique=False
    )
    op.create_index(
        "uq_attendance_present",
        "attendance",
        ["sitting_id", "person_id"],
        unique=True,
        postgresql_where="left_at IS NULL",
    )
    op.create_table(
        "material",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("table_id", sa.BigInteger(), nullable=False),
        sa.Column("sitting_id", sa.BigInteger(), nullable=True),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("file_name", sa.String(length=300), nullable=False),
        sa.Column("media_type", sa.String(length=300), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=300), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sitting_id", "table_id"],
            ["sitting.id", "sitting.table_id"],
            name=op.f("fk_material_sitting_id_table_id_sitting"),
        ),
        sa.ForeignKeyConstraint(
            ["table_id"], ["thematic_table.id"], name=op.f("fk_material_table_id_thematic_table")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_material")),
    )
    op.create_index("ix_material_sitting_id", "material", ["sitting_id"], unique=False)
    op.create_index("ix_material_table_id", "material", ["table_id"], unique=False)
    op.create_table(
        "minutes",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("sitting_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "approved",
                "published",
                name="minutesstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("document", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("composed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.BigInteger(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("digest", sa.String(length=300), nullable=True),
        sa.Column("pdf_sha256", sa.String(length=300), nullable=True),
        sa.CheckConstraint(
            "(state = 'draft') = (document IS NULL) AND (document IS NULL) = (digest IS NULL)",
            name=op.f("ck_minutes_frozen"),
        ),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["person.id"], name=op.f("fk_minutes_approved_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["sitting.id"], name=op.f("fk_minutes_sitting_id_sitting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes")),
        sa.UniqueConstraint("sitting_id", name=op.f("uq_minutes_sitting_id")),
    )
    op.create_table(
        "proposal",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("table_id", sa.BigInteger(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("mandate_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "category",
            sa.Enum(
                "local_authority",
                "health_authority",
                "asp",
                "volunteering",
                "aps",
                "union",
                "social_coop",
                "foundation",
                "labour_org",
                "citizen",
                name="category",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "submitted",
                "admitted",
                "not_admitted",
                "withdrawn",
                name="proposalstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("state_reason", sa.Text(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "state <> 'not_admitted' OR state_reason IS NOT NULL", name=op.f("ck_proposal_reason")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_proposal_author_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["mandate_id"], ["mandate.id"], name=op.f("fk_proposal_mandate_id_mandate")
        ),
        sa.ForeignKeyConstraint(
            ["table_id"], ["thematic_table.id"], name=op.f("fk_proposal_table_id_thematic_table")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    op.create_index("ix_proposal_table_id", "proposal", ["table_id"], unique=False)
    op.create_index(
        "ix_proposal_words",
        "proposal",
        [
            sa.literal_column(
                "to_tsvector('italian'::regconfig, (proposal.title || ' ') || proposal.body)"
            )
        ],
        unique=False,
        postgresql_using="gin",
    )
    op.create_table(
        "speakers_list",
        sa.Column("sitting_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "ordering",
            sa.Enum(
                "first_come",
                "alternate",
                "least_spoken",
                "by_hand",
                name="speakingorder",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("placed", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.Column(
            "last",
            sa.Enum(
                "local_authority",
                "health_authority",
                "asp",
                "volunteering",
                "aps",
                "union",
                "social_coop",
                "foundation",
                "labour_org",
                "citizen",
                name="category",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.CheckConstraint("seconds > 0", name=op.f("ck_speakers_list_seconds")),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["sitting.id"], name=op.f("fk_speakers_list_sitting_id_sitting")
        ),
        sa.PrimaryKeyConstraint("sitting_id", name=op.f("pk_speakers_list")),
    )
    op.create_table(
        "suspension",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("sitting_id", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resumed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["sitting.id"], name=op.f("fk_suspension_sitting_id_sitting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suspension")),
    )
    op.create_index(
        "uq_suspension_now",
        "suspension",
        ["sitting_id"],
        unique=True,
        postgresql_where="resumed_at IS NULL",
    )
    op.create_table(
        "agenda_point",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("sitting_id", sa.BigInteger(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("minutes_planned", sa.Integer(), nullable=True),
        sa.Column("proposal_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "current",
                "suspended",
                "done",
                name="pointstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("spent", sa.Integer(), nullable=False),
        sa.Column("running_since", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_agenda_point_proposal_id_proposal")
        ),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["sitting.id"], name=op.f("fk_agenda_point_sitting_id_sitting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_point")),
        sa.UniqueConstraint("sitting_id", "rank", name=op.f("uq_agenda_point_sitting_id_rank")),
    )
    op.create_index("ix_agenda_point_proposal_id", "agenda_point", ["proposal_id"], unique=False)
    op.create_index(
        "uq_agenda_point_current",
        "agenda_point",
        ["sitting_id"],
        unique=True,
        postgresql_where="state = 'current'",
    )
    op.create_table(
        "comment",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("proposal_id", sa.BigInteger(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("mandate_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "category",
            sa.Enum(
                "local_authority",
                "health_authority",
                "asp",
                "volunteering",
                "aps",
                "union",
                "social_coop",
                "foundation",
                "labour_org",
                "citizen",
                name="category",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "position",
            sa.Enum(
                "in_favour",
                "against",
                "neutral",
                name="position",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_reason", sa.Text(), nullable=True),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_comment_author_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["mandate_id"], ["mandate.id"], name=op.f("fk_comment_mandate_id_mandate")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_comment_proposal_id_proposal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
    )
    op.create_index("ix_comment_proposal_id", "comment", ["proposal_id"], unique=False)
    op.create_table(
        "minutes_pdf",
        sa.Column("minutes_id", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["minutes_id"], ["minutes.id"], name=op.f("fk_minutes_pdf_minutes_id_minutes")
        ),
        sa.PrimaryKeyConstraint("minutes_id", name=op.f("pk_minutes_pdf")),
    )
    op.create_table(
        "outcome",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("table_id", sa.BigInteger(), nullable=False),
        sa.Column("minutes_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "signing",
                "closed",
                name="outcomestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "rule",
            sa.Enum(
                "all_answered",
                "majority_signed",
                name="signoffrule",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("document", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("digest", sa.String(length=300), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["minutes_id"], ["minutes.id"], name=op.f("fk_outcome_minutes_id_minutes")
        ),
        sa.ForeignKeyConstraint(
            ["table_id"], ["thematic_table.id"], name=op.f("fk_outcome_table_id_thematic_table")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
        sa.UniqueConstraint("minutes_id", name=op.f("uq_outcome_minutes_id")),
    )
    op.create_table(
        "support",
        sa.Column("proposal_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("mandate_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "category",
            sa.Enum(
                "local_authority",
                "health_authority",
                "asp",
                "volunteering",
                "aps",
                "union",
                "social_coop",
                "foundation",
                "labour_org",
                "citizen",
                name="category",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["mandate_id"], ["mandate.id"], name=op.f("fk_support_mandate_id_mandate")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_support_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_support_proposal_id_proposal")
        ),
        sa.PrimaryKeyConstraint("proposal_id", "person_id", name=op.f("pk_support")),
    )
    op.create_table(
        "conclusion",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("minutes_id", sa.BigInteger(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.BigInteger(), nullable=False),
        sa.Column("proposal_id", sa.BigInteger(), nullable=True),
        sa.Column("chapter_id", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["chapter_id"], ["chapter.id"], name=op.f("fk_conclusion_chapter_id_chapter")
        ),
        sa.ForeignKeyConstraint(
            ["minutes_id"], ["minutes.id"], name=op.f("fk_conclusion_minutes_id_minutes")
        ),
        sa.ForeignKeyConstraint(
            ["point_id"], ["agenda_point.id"], name=op.f("fk_conclusion_point_id_agenda_point")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_conclusion_proposal_id_proposal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conclusion")),
        sa.UniqueConstraint("minutes_id", "rank", name=op.f("uq_conclusion_minutes_id_rank")),
    )
    op.create_table(
        "hand",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("sitting_id", sa.BigInteger(), nullable=False),
        sa.Column("point_id", sa.BigInteger(), nullable=True),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("mandate_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "category",
            sa.Enum(
                "local_authority",
                "health_authority",
                "asp",
                "volunteering",
                "aps",
                "union",
                "social_coop",
                "foundation",
                "labour_org",
                "citizen",
                name="category",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "floor",
                "point_of_order",
                "reply",
                name="handkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reply_to", sa.BigInteger(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "raised",
                "speaking",
                "done",
                "withdrawn",
                name="handstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("floor_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("floor_to", sa.DateTime(timezone=True), nullable=True),
        sa.Column("allotted", sa.Integer(), nullable=True),
        sa.Column("spoken", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["mandate_id"], ["mandate.id"], name=op.f("fk_hand_mandate_id_mandate")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_hand_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["point_id"], ["agenda_point.id"], name=op.f("fk_hand_point_id_agenda_point")
        ),
        sa.ForeignKeyConstraint(["reply_to"], ["hand.id"], name=op.f("fk_hand_reply_to_hand")),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["sitting.id"], name=op.f("fk_hand_sitting_id_sitting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand")),
    )
    op.create_index(
        "uq_hand_floor", "hand", ["sitting_id"], unique=True, postgresql_where="state = 'speaking'"
    )
    op.create_index(
        "uq_hand_open",
        "hand",
        ["sitting_id", "person_id", "kind"],
        unique=True,
        postgresql_where="state IN ('raised', 'speaking')",
    )
    op.create_table(
        "minutes_note",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("minutes_id", sa.BigInteger(), nullable=False),
        sa.Column("point_id", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("written_by", sa.BigInteger(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["minutes_id"], ["minutes.id"], name=op.f("fk_minutes_note_minutes_id_minutes")
        ),
        sa.ForeignKeyConstraint(
            ["point_id"], ["agenda_point.id"], name=op.f("fk_minutes_note_point_id_agenda_point")
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["person.id"], name=op.f("fk_minutes_note_written_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_note")),
        sa.UniqueConstraint(
            "minutes_id", "point_id", name=op.f("uq_minutes_note_minutes_id_point_id")
        ),
    )
    op.create_table(
        "outcome_party",
        sa.Column("outcome_id", sa.BigInteger(), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "signed",
                "signed_with_note",
                "declined",
                name="answer",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("mandate_id", sa.BigInteger(), nullable=True),
        sa.Column("digest", sa.String(length=300), nullable=True),
        sa.Column("method", sa.String(length=300), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "answer IN ('signed') OR answer IS NULL OR note IS NOT NULL",
            name=op.f("ck_outcome_party_note"),
        ),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL)", name=op.f("ck_outcome_party_answered")
        ),
        sa.ForeignKeyConstraint(
            ["mandate_id"], ["mandate.id"], name=op.f("fk_outcome_party_mandate_id_mandate")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_outcome_party_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["outcome_id"], ["outcome.id"], name=op.f("fk_outcome_party_outcome_id_outcome")
        ),
        sa.PrimaryKeyConstraint("outcome_id", "organisation_id", name=op.f("pk_outcome_party")),
    )
    op.create_table(
        "poll",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("sitting_id", sa.BigInteger(), nullable=False),
        sa.Column("point_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.String(length=300), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "closed",
                name="pollstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rules", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("electorate", sa.Integer(), nullable=True),
        sa.Column("result", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.ForeignKeyConstraint(
            ["point_id"], ["agenda_point.id"], name=op.f("fk_poll_point_id_agenda_point")
        ),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["sitting.id"], name=op.f("fk_poll_sitting_id_sitting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll")),
    )
    op.create_index("ix_poll_sitting_id", "poll", ["sitting_id"], unique=False)
    op.create_index(
        "uq_poll_open", "poll", ["sitting_id"], unique=True, postgresql_where="state = 'open'"
    )
    op.create_table(
        "question",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("sitting_id", sa.BigInteger(), nullable=False),
        sa.Column("point_id", sa.BigInteger(), nullable=True),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("mandate_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "category",
            sa.Enum(
                "local_authority",
                "health_authority",
                "asp",
                "volunteering",
                "aps",
                "union",
                "social_coop",
                "foundation",
                "labour_org",
                "citizen",
                name="category",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "shown",
                "hidden",
                "merged",
                "answered",
                name="questionstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("merged_into", sa.BigInteger(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["mandate_id"], ["mandate.id"], name=op.f("fk_question_mandate_id_mandate")
        ),
        sa.ForeignKeyConstraint(
            ["merged_into"], ["question.id"], name=op.f("fk_question_merged_into_question")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_question_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["point_id"], ["agenda_point.id"], name=op.f("fk_question_point_id_agenda_point")
        ),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["sitting.id"], name=op.f("fk_question_sitting_id_sitting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
    )
    op.create_index(op.f("ix_question_sitting_id"), "question", ["sitting_id"], unique=False)
    op.create_table(
        "ballot",
        sa.Column("poll_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("mandate_id", sa.BigInteger(), nullable=True),
        sa.Column("organisation_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "category",
            sa.Enum(
                "local_authority",
                "health_authority",
                "asp",
                "volunteering",
                "aps",
                "union",
                "social_coop",
                "foundation",
                "labour_org",
                "citizen",
                name="category",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("choice", sa.String(length=300), nullable=True),
        sa.Column("cast_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["mandate_id"], ["mandate.id"], name=op.f("fk_ballot_mandate_id_mandate")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_ballot_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_ballot_person_id_person")
        ),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_ballot_poll_id_poll")),
        sa.PrimaryKeyConstraint("poll_id", "person_id", name=op.f("pk_ballot")),
        sa.UniqueConstraint(
            "poll_id", "organisation_id", name=op.f("uq_ballot_poll_id_organisation_id")
        ),
    )
    op.create_table(
        "outcome_item",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("outcome_id", sa.BigInteger(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("conclusion_id", sa.BigInteger(), nullable=False),
        sa.Column("chapter_id", sa.BigInteger(), nullable=False),
        sa.Column("proposal_id", sa.BigInteger(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["chapter_id"], ["chapter.id"], name=op.f("fk_outcome_item_chapter_id_chapter")
        ),
        sa.ForeignKeyConstraint(
            ["conclusion_id"],
            ["conclusion.id"],
            name=op.f("fk_outcome_item_conclusion_id_conclusion"),
        ),
        sa.ForeignKeyConstraint(
            ["outcome_id"], ["outcome.id"], name=op.f("fk_outcome_item_outcome_id_outcome")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_outcome_item_proposal_id_proposal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome_item")),
        sa.UniqueConstraint("conclusion_id", name=op.f("uq_outcome_item_conclusion_id")),
        sa.UniqueConstraint("outcome_id", "rank", name=op.f("uq_outcome_item_outcome_id_rank")),
    )
    op.create_table(
        "poll_box_ballot",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("poll_id", sa.BigInteger(), nullable=False),
        sa.Column("choice", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["poll_id"], ["poll.id"], name=op.f("fk_poll_box_ballot_poll_id_poll")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_box_ballot")),
    )
    op.create_index(
        op.f("ix_poll_box_ballot_poll_id"), "poll_box_ballot", ["poll_id"], unique=False
    )
    op.create_table(
        "poll_option",
        sa.Column("poll_id", sa.BigInteger(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_poll_option_poll_id_poll")),
        sa.PrimaryKeyConstraint("poll_id", "rank", name=op.f("pk_poll_option")),
    )
    op.create_table(
        "poll_receipt",
        sa.Column("poll_id", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["poll_id"], ["poll.id"], name=op.f("fk_poll_receipt_poll_id_poll")
        ),
        sa.PrimaryKeyConstraint("poll_id", "digest", name=op.f("pk_poll_receipt")),
    )
    op.create_table(
        "poll_room_votes",
        sa.Column("poll_id", sa.BigInteger(), nullable=False),
        sa.Column("choice", sa.String(length=300), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.CheckConstraint("votes > 0", name=op.f("ck_poll_room_votes_positive")),
        sa.ForeignKeyConstraint(
            ["poll_id"], ["poll.id"], name=op.f("fk_poll_room_votes_poll_id_poll")
        ),
        sa.PrimaryKeyConstraint("poll_id", "choice", name=op.f("pk_poll_room_votes")),
    )
    op.create_table(
        "poll_seal_salt",
        sa.Column("poll_id", sa.BigInteger(), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["poll_id"], ["poll.id"], name=op.f("fk_poll_seal_salt_poll_id_poll")
        ),
        sa.PrimaryKeyConstraint("poll_id", name=op.f("pk_poll_seal_salt")),
    )
    op.create_table(
        "poll_weight",
        sa.Column("poll_id", sa.BigInteger(), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.CheckConstraint("weight > 0", name=op.f("ck_poll_weight_positive")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_poll_weight_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_poll_weight_poll_id_poll")),
        sa.PrimaryKeyConstraint("poll_id", "organisation_id", name=op.f("pk_poll_weight")),
    )
    op.create_table(
        "question_upvote",
        sa.Column("question_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_question_upvote_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_question_upvote_question_id_question")
        ),
        sa.PrimaryKeyConstraint("question_id", "person_id", name=op.f("pk_question_upvote")),
    )
    op.create_table(
        "contribution",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("chapter_id", sa.BigInteger(), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "taken_in",
                "taken_in_part",
                "refused",
                "not_ours",
                name="contributionstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("forwarded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state = 'pending' OR reason IS NOT NULL", name=op.f("ck_contribution_reason")
        ),
        sa.ForeignKeyConstraint(
            ["chapter_id"], ["chapter.id"], name=op.f("fk_contribution_chapter_id_chapter")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["outcome_item.id"], name=op.f("fk_contribution_item_id_outcome_item")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution")),
        sa.UniqueConstraint("item_id", name=op.f("uq_contribution_item_id")),
    )
    op.create_index("ix_contribution_chapter_id", "contribution", ["chapter_id"], unique=False)
    op.create_table(
        "poll_envelope",
        sa.Column("poll_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["poll_id", "person_id"],
            ["ballot.poll_id", "ballot.person_id"],
            name=op.f("fk_poll_envelope_poll_id_person_id_ballot"),
        ),
        sa.PrimaryKeyConstraint("poll_id", "person_id", name=op.f("pk_poll_envelope")),
    )
    op.create_table(
        "paragraph",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("chapter_id", sa.BigInteger(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("contribution_id", sa.BigInteger(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["chapter_id"], ["chapter.id"], name=op.f("fk_paragraph_chapter_id_chapter")
        ),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name=op.f("fk_paragraph_contribution_id_contribution"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paragraph")),
        sa.UniqueConstraint("chapter_id", "rank", name=op.f("uq_paragraph_chapter_id_rank")),
        sa.UniqueConstraint("contribution_id", name=op.f("uq_paragraph_contribution_id")),
    )


def downgrade() -> None:
    op.drop_table("paragraph")
    op.drop_table("poll_envelope")
    op.drop_index("ix_contribution_chapter_id", table_name="contribution")
    op.drop_table("contribution")
    op.drop_table("question_upvote")
    op.drop_table("poll_weight")
    op.drop_table("poll_seal_salt")
    op.drop_table("poll_room_votes")
    op.drop_table("poll_receipt")
    op.drop_table("poll_option")
    op.drop_index(op.f("ix_poll_box_ballot_poll_id"), table_name="poll_box_ballot")
    op.drop_table("poll_box_ballot")
    op.drop_table("outcome_item")
    op.drop_table("ballot")
    op.drop_index(op.f("ix_question_sitting_id"), table_name="question")
    op.drop_table("question")
    op.drop_index("uq_poll_open", table_name="poll", postgresql_where="state = 'open'")
    op.drop_index("ix_poll_sitting_id", table_name="poll")
    op.drop_table("poll")
    op.drop_table("outcome_party")
    op.drop_table("minutes_note")
    op.drop_index(
        "uq_hand_open", table_name="hand", postgresql_where="state IN ('raised', 'speaking')"
    )
    op.drop_index("uq_hand_floor", table_name="hand", postgresql_where="state = 'speaking'")
    op.drop_table("hand")
    op.drop_table("conclusion")
    op.drop_table("support")
    op.drop_table("outcome")
    op.drop_table("minutes_pdf")
    op.drop_index("ix_comment_proposal_id", table_name="comment")
    op.drop_table("comment")
    op.drop_index(
        "uq_agenda_point_current", table_name="agenda_point", postgresql_where="state = 'current'"
    )
    op.drop_index("ix_agenda_point_proposal_id", table_name="agenda_point")
    op.drop_table("agenda_point")
    op.drop_index(
        "uq_suspension_now", table_name="suspension", postgresql_where="resumed_at IS NULL"
    )
    op.drop_table("suspension")
    op.drop_table("speakers_list")
    op.drop_index("ix_proposal_words", table_name="proposal", postgresql_using="gin")
    op.drop_index("ix_proposal_table_id", table_name="proposal")
    op.drop_table("proposal")
    op.drop_table("minutes")
    op.drop_index("ix_material_table_id", table_name="material")
    op.drop_index("ix_material_sitting_id", table_name="material")
    op.drop_table("material")
    op.drop_index(
        "uq_attendance_present", table_name="attendance", postgresql_where="left_at IS NULL"
    )
    op.drop_index("ix_attendance_sitting_id", table_name="attendance")
    op.drop_table("attendance")
    op.drop_index("ix_sitting_table_id", table_name="sitting")
    op.drop_table("sitting")
    op.drop_table("seat")
    op.drop_table("role_grant")
    op.drop_table("phase")
    op.drop_index("ix_mandate_person_id", table_name="mandate")
    op.drop_table("mandate")
    op.drop_table("thematic_table")
    op.drop_index("ix_sign_in_person_id", table_name="sign_in")
    op.drop_table("sign_in")
    op.drop_table("priority")
    op.drop_table("organisation")
    op.drop_table("log_text")
    op.drop_index("ix_job_due", table_name="job", postgresql_where="state = 'pending'")
    op.drop_index("ix_job_dead", table_name="job", postgresql_where="state = 'dead'")
    op.drop_table("job")
    op.drop_table("chapter")
    op.drop_table("body")
    op.drop_table("api_token")
    op.drop_table("act")
    op.drop_table("zone")
    op.drop_index("uq_person_email", table_name="person")
    op.drop_table("person")
    op.drop_table("log_stream")
    op.drop_index("ix_log_entry_kind_position", table_name="log_entry")
    op.drop_table("log_entry")
    op.drop_table("log_cursor")
    op.drop_table("ended_sign_in")
    op.drop_index("ix_done_act_done_at", table_name="done_act")
    op.drop_table("done_act")
