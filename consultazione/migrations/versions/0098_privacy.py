"""Copies of one's own data, settings of privacy, runs of retention, the register of processing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0098"
down_revision = "0097"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
# A name that was changed stands with what the account said before, which nobody may change but
# by an order: with the account the names of before go too, and only with it.
_FORGET_NAMES = """
CREATE FUNCTION forget_former_names(number bigint)
RETURNS void LANGUAGE sql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE public.revision
    SET was = was || jsonb_build_object('display_name', person.display_name),
        now = now || jsonb_build_object('display_name', person.display_name)
    FROM public.person
    WHERE person.id = number AND person.email IS NULL AND person.password_hash IS NULL
        AND revision.subject = 'person' AND revision.subject_id = number
        AND revision.now ? 'display_name'
$$
"""


def upgrade() -> None:
    _downloads()
    _settings()
    _activities()
    op.execute(_FORGET_NAMES)
    op.execute("REVOKE ALL ON FUNCTION forget_former_names(bigint) FROM PUBLIC")


def downgrade() -> None:
    """Settings and the register are lost; files of copies stay until they are swept by hand."""
    op.execute("DROP FUNCTION forget_former_names(bigint)")
    for table in ("processing_activity", "retention_run", "privacy_settings", "data_download"):
        op.drop_table(table)


def _downloads() -> None:
    op.create_table(
        "data_download",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column("made_at", _MOMENT),
        sa.Column("expires_at", _MOMENT),
        sa.Column("size", sa.BigInteger()),
        sa.Column("name", sa.String(64)),
        sa.Column("deleted_at", _MOMENT),
        sa.CheckConstraint(
            "(made_at IS NULL) = (expires_at IS NULL)", name=op.f("ck_data_download_made")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_data_download_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_download")),
    )
    op.create_index("ix_data_download_person_id", "data_download", ["person_id"])


def _settings() -> None:
    left = sa.Enum(
        "keep", "erase", name="lefttexts", native_enum=False, length=40, create_constraint=True
    )
    days = ("mail_days", "security_days", "link_days", "job_days")
    op.create_table(
        "privacy_settings",
        sa.Column("zone_id", sa.BigInteger(), nullable=False),
        sa.Column("left_texts", left, nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in days),
        sa.CheckConstraint(
            "least(mail_days, security_days, link_days, job_days) >= 1",
            name=op.f("ck_privacy_settings_days"),
        ),
        sa.ForeignKeyConstraint(
            ["zone_id"], ["zone.id"], name=op.f("fk_privacy_settings_zone_id_zone")
        ),
        sa.PrimaryKeyConstraint("zone_id", name=op.f("pk_privacy_settings")),
    )
    counts = ("mails", "links", "downloads", "jobs", "security_files")
    op.create_table(
        "retention_run",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in counts),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_run")),
    )


def _activities() -> None:
    told = ("purpose", "basis", "subjects", "data", "recipients", "kept", "measures")
    op.create_table(
        "processing_activity",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("zone_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in told),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("removed_at", _MOMENT),
        sa.ForeignKeyConstraint(
            ["zone_id"], ["zone.id"], name=op.f("fk_processing_activity_zone_id_zone")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_processing_activity")),
    )
    op.create_index("ix_processing_activity_zone_id", "processing_activity", ["zone_id"])
