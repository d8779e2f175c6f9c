"""Second persons for mandates and counts, roles in their own zone, random rehearsals."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_TABLE_OF_GRANT = "fk_role_grant_table_id_thematic_table"
_TABLE_IN_ZONE = "fk_role_grant_table_id_zone_id_thematic_table"
_ZONE_OF_TABLE = "uq_thematic_table_id_zone_id"
_PERSONS = ("given_by", "confirmed_by")
_COUNTERS = ("counted_by", "confirmed_by")


def upgrade() -> None:
    for column in _PERSONS:
        op.add_column("mandate", sa.Column(column, sa.BigInteger(), nullable=True))
        name = f"fk_mandate_{column}_person"
        op.create_foreign_key(name, "mandate", "person", [column], ["id"])
    for column in ("confirmed_at", "ended_at"):
        op.add_column("mandate", sa.Column(column, sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE mandate SET confirmed_at = given_at")
    op.create_check_constraint(
        op.f("ck_mandate_second"),
        "mandate",
        "confirmed_by <> given_by AND confirmed_by <> person_id",
    )
    _bind_roles_to_their_zone()
    for column in _COUNTERS:
        op.add_column("poll_room_votes", sa.Column(column, sa.BigInteger(), nullable=True))
        name = f"fk_poll_room_votes_{column}_person"
        op.create_foreign_key(name, "poll_room_votes", "person", [column], ["id"])
    op.create_check_constraint(
        op.f("ck_poll_room_votes_second"), "poll_room_votes", "confirmed_by <> counted_by"
    )
    # The ids of rehearsals are drawn at random: counted up, anybody could guess them.
    op.execute("DROP SEQUENCE rehearsal_number")


def downgrade() -> None:
    _refuse_while_a_mandate_waits()
    # What was turned down never counted, and nothing refers to it; before, all that is kept counts.
    op.execute("DELETE FROM mandate WHERE confirmed_at IS NULL")
    op.drop_constraint(op.f("ck_mandate_second"), "mandate")
    for column in (*_PERSONS, "confirmed_at", "ended_at"):
        op.drop_column("mandate", column)
    op.drop_constraint(_TABLE_IN_ZONE, "role_grant")
    op.drop_constraint(_ZONE_OF_TABLE, "thematic_table")
    op.create_foreign_key(_TABLE_OF_GRANT, "role_grant", "thematic_table", ["table_id"], ["id"])
    _count_rehearsals_up_again()
    op.drop_constraint(op.f("ck_poll_room_votes_second"), "poll_room_votes")
    for column in _COUNTERS:
        op.drop_column("poll_room_votes", column)


def _bind_roles_to_their_zone() -> None:
    """Refuse roles at tables of other zones from now on.

    Those that were given before have no effect and stay: the log has their entries.
    """
    op.create_unique_constraint(_ZONE_OF_TABLE, "thematic_table", ["id", "zone_id"])
    op.drop_constraint(_TABLE_OF_GRANT, "role_grant")
    op.execute(
        f"ALTER TABLE role_grant ADD CONSTRAINT {_TABLE_IN_ZONE} FOREIGN KEY (table_id, zone_id) "
        "REFERENCES thematic_table (id, zone_id) NOT VALID"
    )


def _count_rehearsals_up_again() -> None:
    """Start after the rehearsals that are running, if any."""
    op.execute("CREATE SEQUENCE rehearsal_number START WITH 1000000000000")
    op.execute(
        "SELECT setval('rehearsal_number', last) FROM (SELECT max(id) AS last FROM (SELECT id FROM "
        "sitting UNION ALL SELECT id FROM poll)) WHERE last >= 1000000000000"
    )


def _refuse_while_a_mandate_waits() -> None:
    """Before this revision a mandate counts as soon as it is stored."""
    waiting = "SELECT count(*) FROM mandate WHERE confirmed_at IS NULL AND ended_at IS NULL"
    if op.get_bind().scalar(sa.text(waiting)):
        raise RuntimeError("a mandate waits for a second person: decide on it, then downgrade")
