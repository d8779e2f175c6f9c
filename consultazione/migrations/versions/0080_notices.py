"""Tables of what people follow, what they were told, and how they want to be told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0080"
down_revision = "0072"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def _words(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=40, create_constraint=True)


def _person(table: str) -> list[sa.SchemaItem]:
    """The column of whose a row is, and its foreign key."""
    name = op.f(f"fk_{table}_person_id_person")
    return [
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=name),
    ]


def _table(table: str) -> list[sa.SchemaItem]:
    """The same of the table that a row is about, if it is about one."""
    name = op.f(f"fk_{table}_table_id_thematic_table")
    return [
        sa.Column("table_id", sa.BigInteger()),
        sa.ForeignKeyConstraint(["table_id"], ["thematic_table.id"], name=name),
    ]


def upgrade() -> None:
    """Whoever wrote a proposal or a comment before follows it: they asked for an answer."""
    channels = ("none", "site", "at_once", "daily", "weekly")
    op.create_table(
        "follow",
        *_person("follow"),
        sa.Column(
            "kind",
            _words("subjectkind", "table", "proposal", "outcome", "chapter"),
            nullable=False,
        ),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT),
        sa.PrimaryKeyConstraint("person_id", "kind", "subject_id", name=op.f("pk_follow")),
    )
    op.create_index(
        "ix_follow_subject",
        "follow",
        ["kind", "subject_id"],
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    _create_notice(channels)
    op.create_table(
        "notice_setting",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        *_person("notice_setting"),
        *_table("notice_setting"),
        sa.Column(
            "group",
            _words("group", "discussion", "proposals", "sittings", "documents", "tasks"),
            nullable=False,
        ),
        sa.Column("channel", _words("channel", *channels), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_setting")),
        sa.UniqueConstraint(
            "person_id",
            "table_id",
            "group",
            name=op.f("uq_notice_setting_person_id_table_id_group"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_table(
        "unsubscribe_key",
        *_person("unsubscribe_key"),
        sa.Column("key", sa.LargeBinary(16), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_unsubscribe_key")),
    )
    op.execute(
        "INSERT INTO follow (person_id, kind, subject_id, since)"
        " SELECT author_id, 'proposal', id, submitted_at FROM proposal"
        " UNION SELECT author_id, 'proposal', proposal_id, min(at) FROM comment"
        " GROUP BY author_id, proposal_id"
        " ON CONFLICT DO NOTHING"
    )


def _create_notice(channels: tuple[str, ...]) -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        *_person("notice"),
        sa.Column("topic", sa.String(300), nullable=False),
        sa.Column("position", sa.BigInteger()),
        sa.Column("subject_id", sa.BigInteger()),
        sa.Column("due_on", sa.Date()),
        *_table("notice"),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("read_at", _MOMENT),
        sa.Column("channel", _words("channel", *channels), nullable=False),
        sa.Column("mail_id", sa.BigInteger()),
        sa.CheckConstraint(
            "(position IS NULL) = (subject_id IS NOT NULL)", name=op.f("ck_notice_occasion")
        ),
        sa.CheckConstraint(
            "(subject_id IS NULL) = (due_on IS NULL)", name=op.f("ck_notice_reminder")
        ),
        sa.CheckConstraint("channel <> 'none'", name=op.f("ck_notice_told")),
        sa.ForeignKeyConstraint(
            ["position"], ["log_entry.position"], name=op.f("fk_notice_position_log_entry")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("person_id", "position", name=op.f("uq_notice_person_id_position")),
        sa.UniqueConstraint(
            "person_id",
            "topic",
            "subject_id",
            "due_on",
            name=op.f("uq_notice_person_id_topic_subject_id_due_on"),
        ),
    )
    waits = "mail_id IS NULL AND channel IN ('at_once', 'daily', 'weekly')"
    for name, columns, condition in (
        ("ix_notice_person_id", ["person_id", "id"], None),
        ("ix_notice_unread", ["person_id"], "read_at IS NULL"),
        ("ix_notice_waiting", ["channel", "made_at"], waits),
        ("ix_notice_mail_id", ["mail_id"], "mail_id IS NOT NULL"),
        ("ix_notice_made_at", ["made_at"], None),
    ):
        where = None if condition is None else sa.text(condition)
        op.create_index(name, "notice", columns, postgresql_where=where)


def downgrade() -> None:
    """What people followed and were told is forgotten."""
    for table in ("unsubscribe_key", "notice_setting", "notice", "follow"):
        op.drop_table(table)
