"""Index what the pages of one zone among many look for: entries by stream, proposals by table.

They were found among the newest of the whole installation, so a zone in which little happens
became slower with every entry and every proposal of the others.
"""

from __future__ import annotations

from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_log_entry_stream_kind", "log_entry", ["stream", "kind", "position"])
    op.create_index("ix_log_entry_stream_position", "log_entry", ["stream", "position"])
    op.drop_index("ix_log_entry_kind_position", "log_entry")
    op.create_index("ix_proposal_table_id", "proposal", ["table_id", "id"])


def downgrade() -> None:
    op.drop_index("ix_proposal_table_id", "proposal")
    op.create_index("ix_log_entry_kind_position", "log_entry", ["kind", "position"])
    op.drop_index("ix_log_entry_stream_position", "log_entry")
    op.drop_index("ix_log_entry_stream_kind", "log_entry")
