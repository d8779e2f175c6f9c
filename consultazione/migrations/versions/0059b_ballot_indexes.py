"""Keep in the index of organisations' ballots only those.

While it held every ballot, a query for the ballots of some persons in a poll was often answered by
it: by reading all ballots of the poll, for each batch that voted.
"""

from __future__ import annotations

from alembic import op

revision = "0059b"
down_revision = "0059"
branch_labels = None
depends_on = None

_NAME = "uq_ballot_poll_id_organisation_id"
_COLUMNS = ["poll_id", "organisation_id"]


def upgrade() -> None:
    op.drop_constraint(_NAME, "ballot", type_="unique")
    where = "organisation_id IS NOT NULL"
    op.create_index(_NAME, "ballot", _COLUMNS, unique=True, postgresql_where=where)


def downgrade() -> None:
    op.drop_index(_NAME, "ballot")
    op.create_unique_constraint(_NAME, "ballot", _COLUMNS)
