"""Keep what a worker reads in files of proposals, and what their authors say is in them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0094"
down_revision = "0093"
branch_labels = None
depends_on = None

_WORDS = "to_tsvector('italian'::regconfig, coalesce(description, '') || ' ' || coalesce(text, ''))"


def upgrade() -> None:
    """Files of before are not read again: only those that are attached from now on."""
    op.add_column("proposal_file", sa.Column("description", sa.String(300)))
    op.add_column("proposal_file", sa.Column("text", sa.Text()))
    words = sa.Column("words", postgresql.TSVECTOR(), sa.Computed(_WORDS, persisted=True))
    op.add_column("proposal_file", words)
    op.create_index("ix_proposal_file_words", "proposal_file", ["words"], postgresql_using="gin")


def downgrade() -> None:
    """Searches look for words in the texts of proposals alone again."""
    for name in ("words", "text", "description"):
        op.drop_column("proposal_file", name)
