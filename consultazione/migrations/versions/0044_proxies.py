"""Let the rule of a table allow proxies; keep them, and by which one a ballot was cast.

The rules of tables that are there say nothing of proxies, which means that there are none.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

_CATEGORIES = (
    "local_authority", "health_authority", "asp", "volunteering", "aps", "union", "social_coop",
    "foundation", "labour_org", "professional_order", "trade_association",
    "family_user_association", "citizen",
)  # fmt: skip
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "proxy",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("sitting_id", sa.BigInteger, sa.ForeignKey("sitting.id"), nullable=False),
        sa.Column("giver_id", sa.BigInteger, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("mandate_id", sa.BigInteger, sa.ForeignKey("mandate.id")),
        sa.Column("organisation_id", sa.BigInteger, sa.ForeignKey("organisation.id")),
        sa.Column("category", sa.String(40), nullable=False),
        sa.Column("holder_id", sa.BigInteger, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("written_act", sa.Text, nullable=False),
        sa.Column("given_at", _MOMENT, nullable=False),
        sa.Column("given_by", sa.BigInteger, sa.ForeignKey("person.id")),
        sa.Column("ended_at", _MOMENT),
        sa.Column("ended_because", sa.String(40)),
        sa.CheckConstraint(f"category IN {_CATEGORIES}", name="category"),
        sa.CheckConstraint("ended_because IN ('withdrawn', 'came')", name="proxyend"),
        sa.CheckConstraint("giver_id <> holder_id", name="another"),
        sa.CheckConstraint("(mandate_id IS NULL) = (organisation_id IS NULL)", name="mandated"),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_because IS NULL)", name="ended"),
    )
    for name, column in (("giver", "giver_id"), ("organisation", "organisation_id")):
        op.create_index(
            f"uq_proxy_{name}",
            "proxy",
            ["sitting_id", column],
            unique=True,
            postgresql_where="ended_at IS NULL",
        )
    op.create_index("ix_proxy_holder", "proxy", ["sitting_id", "holder_id"])
    op.add_column("ballot", sa.Column("proxy_id", sa.BigInteger, sa.ForeignKey("proxy.id")))


def downgrade() -> None:
    """Refused while a ballot was cast by proxy, which the version before cannot tell."""
    op.create_check_constraint("own", "ballot", "proxy_id IS NULL")
    op.drop_column("ballot", "proxy_id")
    op.drop_table("proxy")
    op.execute("UPDATE thematic_table SET rule = rule - 'proxies'")
    op.execute("UPDATE table_default SET rule = rule - 'proxies'")
