"""Keep every text of proposals and comments, attach files, and list the living first.

What stands already is version 1 of itself, and every support was given to it. Lists of proposals
began with the newest, were it refused or withdrawn.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

_LIVING = "state IN ('submitted', 'admitted')"
_CHANGED = "state = 'admitted' AND version > decided_version"
_KEPT = """
SELECT (SELECT count(*) FROM proposal_version WHERE number > 1)
    + (SELECT count(*) FROM comment_version WHERE number > 1)
    + (SELECT count(*) FROM comment WHERE withdrawn_at IS NOT NULL)
    + (SELECT count(*) FROM proposal_file)
"""
_MOMENT = sa.DateTime(timezone=True)
# The columns of the indexes that lists are read from, now and before.
_NOW = {
    "ix_proposal_supports": ["living", "supports", "id"],
    "ix_proposal_table_id": ["table_id", "living", "id"],
    "ix_proposal_table_id_supports": ["table_id", "living", "supports", "id"],
}
_BEFORE = {
    "ix_proposal_supports": ["supports", "id"],
    "ix_proposal_table_id": ["table_id", "id"],
    "ix_proposal_table_id_supports": ["table_id", "supports", "id"],
}


def upgrade() -> None:
    for table in ("proposal", "support", "comment"):
        op.add_column(
            table, sa.Column("version", sa.Integer(), nullable=False, server_default=sa.text("1"))
        )
    op.add_column("proposal", sa.Column("decided_version", sa.Integer()))
    op.execute("UPDATE proposal SET decided_version = 1 WHERE decided_at IS NOT NULL")
    op.add_column(
        "proposal", sa.Column("living", sa.Boolean(), sa.Computed(_LIVING, persisted=True))
    )
    op.add_column("comment", sa.Column("withdrawn_at", _MOMENT))
    op.add_column("comment", sa.Column("withdrawn_reason", sa.Text()))
    _index(_NOW)
    op.create_index("ix_proposal_living", "proposal", ["living", "id"])
    op.create_index("ix_proposal_author_id", "proposal", ["author_id", "id"])
    op.create_index(
        "ix_proposal_changed", "proposal", ["table_id"], postgresql_where=sa.text(_CHANGED)
    )
    op.create_index("ix_support_person_id", "support", ["person_id"])
    _create_proposal_version()
    _create_proposal_file()
    _create_comment_version()


def downgrade() -> None:
    _refuse_if_changed()
    for table in ("comment_version", "proposal_file", "proposal_version"):
        op.drop_table(table)
    op.drop_index("ix_support_person_id", "support")
    for name in ("changed", "author_id", "living"):
        op.drop_index(f"ix_proposal_{name}", "proposal")
    _index(_BEFORE)
    for column in ("withdrawn_reason", "withdrawn_at", "version"):
        op.drop_column("comment", column)
    for column in ("living", "decided_version", "version"):
        op.drop_column("proposal", column)
    op.drop_column("support", "version")


def _index(wanted: dict[str, list[str]]) -> None:
    for name, columns in wanted.items():
        op.drop_index(name, "proposal")
        op.create_index(name, "proposal", columns)


def _refuse_if_changed() -> None:
    """RuntimeError if something would be thrown away: earlier texts, files, withdrawals."""
    count = op.get_bind().scalar(sa.text(_KEPT))
    if count:
        raise RuntimeError(f"the older schema cannot hold {count} texts, files and withdrawals")


def _create_proposal_version() -> None:
    op.create_table(
        "proposal_version",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("proposal_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_version")),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_proposal_version_proposal_id_proposal")
        ),
        sa.UniqueConstraint(
            "proposal_id", "number", name=op.f("uq_proposal_version_proposal_id_number")
        ),
    )
    op.execute(
        "INSERT INTO proposal_version (proposal_id, number, title, body, at)"
        " SELECT id, 1, title, body, submitted_at FROM proposal ORDER BY id"
    )


def _create_proposal_file() -> None:
    op.create_table(
        "proposal_file",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("proposal_id", sa.BigInteger(), nullable=False),
        sa.Column("file_name", sa.String(300), nullable=False),
        sa.Column("media_type", sa.String(300), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(300), nullable=False),
        sa.Column("attached_at", _MOMENT, nullable=False),
        sa.Column("withdrawn_at", _MOMENT),
        sa.Column("withdrawn_reason", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_file")),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_proposal_file_proposal_id_proposal")
        ),
    )
    op.create_index("ix_proposal_file_proposal_id", "proposal_file", ["proposal_id"])


def _create_comment_version() -> None:
    op.create_table(
        "comment_version",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("comment_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("position", sa.String(40), nullable=False),
        sa.Column("leaf", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_version")),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_comment_version_comment_id_comment")
        ),
        sa.UniqueConstraint(
            "comment_id", "number", name=op.f("uq_comment_version_comment_id_number")
        ),
        sa.UniqueConstraint("leaf", name=op.f("uq_comment_version_leaf")),
        sa.CheckConstraint(
            "position IN ('in_favour', 'against', 'neutral')",
            name=op.f("ck_comment_version_position"),
        ),
    )
    op.execute(
        "INSERT INTO comment_version (comment_id, number, position, leaf, at)"
        " SELECT id, 1, position, leaf, at FROM comment ORDER BY id"
    )
