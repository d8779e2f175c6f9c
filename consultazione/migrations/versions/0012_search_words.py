"""Store the words and the number of supports of proposals, and index what lists ask for.

The words were computed for every row of a search; supports were counted for every proposal of
a list; and the newest entries of one family of streams were looked for through the whole log.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_WORDS = "to_tsvector('italian'::regconfig, (title || ' ') || body)"
_FAMILY = "split_part(stream, ':', 1)"


def upgrade() -> None:
    op.drop_index("ix_proposal_words", "proposal")
    op.drop_index("ix_proposal_table_id", "proposal")
    op.add_column("proposal", sa.Column("words", TSVECTOR(), sa.Computed(_WORDS, persisted=True)))
    op.add_column(
        "proposal", sa.Column("supports", sa.BigInteger(), nullable=False, server_default="0")
    )
    op.execute(
        "UPDATE proposal SET supports = counted.number FROM"
        " (SELECT proposal_id, count(*) AS number FROM support GROUP BY proposal_id) AS counted"
        " WHERE counted.proposal_id = proposal.id"
    )
    op.alter_column("proposal", "supports", server_default=None)
    op.create_check_constraint(op.f("ck_proposal_supports"), "proposal", "supports >= 0")
    op.create_index("ix_proposal_words", "proposal", ["words"], postgresql_using="gin")
    op.create_index("ix_proposal_supports", "proposal", ["supports", "id"])
    op.create_index("ix_proposal_table_id_supports", "proposal", ["table_id", "supports", "id"])
    op.create_index("ix_proposal_table_id_state", "proposal", ["table_id", "state", "id"])
    op.create_index("ix_proposal_state", "proposal", ["state", "id"])
    op.create_index("ix_log_entry_family", "log_entry", [sa.text(_FAMILY), "position"])


def downgrade() -> None:
    op.drop_index("ix_log_entry_family", "log_entry")
    for name in ("state", "table_id_state", "table_id_supports", "supports", "words"):
        op.drop_index(f"ix_proposal_{name}", "proposal")
    op.drop_constraint(op.f("ck_proposal_supports"), "proposal")
    op.drop_column("proposal", "supports")
    op.drop_column("proposal", "words")
    op.create_index("ix_proposal_table_id", "proposal", ["table_id"])
    op.create_index(
        "ix_proposal_words",
        "proposal",
        [sa.text("to_tsvector('italian'::regconfig, (title || ' ') || body)")],
        postgresql_using="gin",
    )
