"""Keep who was silent in a poll apart from who votes in it: it may be thousands of ids.

Every poll is read with its basis, while only minutes and chronicle ask who was silent.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("poll", sa.Column("silence", JSONB))
    op.execute(
        "UPDATE poll SET silence = basis -> 'silent', basis = basis - 'silent' "
        "WHERE basis ? 'silent'"
    )


def downgrade() -> None:
    op.execute(
        "UPDATE poll SET basis = basis || jsonb_build_object('silent', silence) "
        "WHERE basis IS NOT NULL AND silence IS NOT NULL"
    )
    op.drop_column("poll", "silence")
