"""Keep amendments to proposals, and who signs a proposal together with its author."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0091"
down_revision = "0090"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_CATEGORY = (
    "category IN ('local_authority', 'health_authority', 'asp', 'volunteering', 'aps', 'union',"
    " 'social_coop', 'foundation', 'labour_org', 'professional_order', 'trade_association',"
    " 'family_user_association', 'citizen')"
)


def upgrade() -> None:
    """Nobody has proposed an amendment before, or signed another's proposal."""
    op.create_table(
        "proposal_amendment",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("proposal_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("mandate_id", sa.BigInteger()),
        sa.Column("category", sa.String(40), nullable=False),
        sa.Column("part", sa.String(40), nullable=False),
        sa.Column("old", sa.Text(), nullable=False),
        sa.Column("new", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("answer", sa.Text()),
        sa.Column("answered_at", _MOMENT),
        sa.Column("accepted_version", sa.Integer()),
        _check("proposal_amendment", "category", _CATEGORY),
        _check("proposal_amendment", "part", "part IN ('need', 'body', 'effect')"),
        _check(
            "proposal_amendment",
            "amendmentstate",
            "state IN ('pending', 'accepted', 'refused', 'withdrawn')",
        ),
        _check("proposal_amendment", "answered", "(state = 'pending') = (answered_at IS NULL)"),
        _check(
            "proposal_amendment",
            "accepted_version",
            "(state = 'accepted') = (accepted_version IS NOT NULL)",
        ),
        _key("proposal_amendment", "proposal_id", "proposal"),
        _key("proposal_amendment", "author_id", "person"),
        _key("proposal_amendment", "mandate_id", "mandate"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_amendment")),
    )
    op.create_index("ix_proposal_amendment_proposal_id", "proposal_amendment", ["proposal_id"])
    op.create_table(
        "proposal_cosigner",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("proposal_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger()),
        sa.Column("organisation_id", sa.BigInteger()),
        sa.Column("mandate_id", sa.BigInteger()),
        sa.Column("category", sa.String(40)),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("invited_at", _MOMENT, nullable=False),
        sa.Column("answered_at", _MOMENT),
        _check("proposal_cosigner", "category", _CATEGORY),
        _check(
            "proposal_cosigner",
            "cosignerstate",
            "state IN ('invited', 'signed', 'declined', 'withdrawn')",
        ),
        _check("proposal_cosigner", "who", "person_id IS NOT NULL OR organisation_id IS NOT NULL"),
        _check("proposal_cosigner", "answered", "(state = 'invited') = (answered_at IS NULL)"),
        _check("proposal_cosigner", "voice", "state <> 'signed' OR category IS NOT NULL"),
        _key("proposal_cosigner", "proposal_id", "proposal"),
        _key("proposal_cosigner", "person_id", "person"),
        _key("proposal_cosigner", "organisation_id", "organisation"),
        _key("proposal_cosigner", "mandate_id", "mandate"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_cosigner")),
        sa.UniqueConstraint(
            "proposal_id",
            "organisation_id",
            name=op.f("uq_proposal_cosigner_proposal_id_organisation_id"),
        ),
    )
    op.create_index("ix_proposal_cosigner_person_id", "proposal_cosigner", ["person_id"])
    op.create_index(
        "uq_proposal_cosigner_proposal_id_person",
        "proposal_cosigner",
        ["proposal_id", "person_id"],
        unique=True,
        postgresql_where=sa.text("organisation_id IS NULL"),
    )


def downgrade() -> None:
    """Amendments and co-signers go; what was taken over stays in the text."""
    op.drop_table("proposal_cosigner")
    op.drop_table("proposal_amendment")


def _check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def _key(table: str, column: str, referred: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{referred}.id"], name=op.f(f"fk_{table}_{column}_{referred}")
    )
