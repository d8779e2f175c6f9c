"""The path: corrected acts, approval, signatories, documents, events, citations, feedback."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_OLD_ACTS = ("convocation", "approval", "council_vote", "programme_agreement", "framework")
_ACTS = (
    *_OLD_ACTS,
    "community_profile",
    "guidance",
    "understanding",
    "deliberation",
    "supplementary_agreement",
    "annual_programme",
)
_NORMS = (
    "law",
    "legislative_decree",
    "decree_law",
    "prime_minister_decree",
    "ministerial_decree",
    "regional_law",
    "assembly_deliberation",
    "regional_deliberation",
    "local_deliberation",
    "guideline",
)


def upgrade() -> None:
    """Acts of before are in their first version and have no address."""
    _admit_acts(_ACTS)
    op.add_column("act", _line("url"))
    op.add_column("act", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.alter_column("act", "version", server_default=None)
    op.add_column("phase", sa.Column("due_on", sa.Date(), nullable=True))
    _create_act_tables()
    _create_gatherings()
    _create_attachments()
    _create_citations()
    _create_feedback()
    _create_needs()


def downgrade() -> None:
    """An act of a kind that is new here becomes an approval, the widest of the old ones."""
    for table in (
        "proposal_need", "page_feedback", "citation", "attachment", "gathering", "signatory",
        "approval_step", "act_version",
    ):  # fmt: skip
        op.drop_table(table)
    op.drop_column("priority", "found_on")
    op.drop_column("phase", "due_on")
    op.drop_column("act", "version")
    op.drop_column("act", "url")
    act = sa.table("act", sa.column("kind"))
    op.execute(sa.update(act).where(act.c.kind.not_in(_OLD_ACTS)).values(kind="approval"))
    _admit_acts(_OLD_ACTS)


def _admit_acts(kinds: Sequence[str]) -> None:
    op.execute("ALTER TABLE act DROP CONSTRAINT IF EXISTS ck_act_actkind")
    op.create_check_constraint(op.f("ck_act_actkind"), "act", sa.column("kind").in_(kinds))


def _create_act_tables() -> None:
    op.create_table(
        "act_version",
        _id(),
        _number("act_id"),
        sa.Column("version", sa.Integer(), nullable=False),
        _word("kind", "actkind", _ACTS),
        _line("title", needed=True),
        _line("number"),
        sa.Column("on_day", sa.Date(), nullable=False),
        _line("body", needed=True),
        _line("source", needed=True),
        _line("url"),
        sa.Column("reason", sa.Text(), nullable=False),
        _moment("replaced_at", needed=True),
        _refers("act_version", "act_id", "act"),
        _key("act_version"),
        sa.UniqueConstraint("act_id", "version", name=op.f("uq_act_version_act_id_version")),
    )
    op.create_table(
        "approval_step",
        _id(),
        _number("act_id"),
        _line("body", needed=True),
        sa.Column("session_day", sa.Date(), nullable=False),
        _line("reference"),
        _number("deciding_act_id", needed=False),
        _demo(),
        _refers("approval_step", "act_id", "act"),
        _refers("approval_step", "deciding_act_id", "act"),
        _key("approval_step"),
        sa.UniqueConstraint(
            "act_id", "body", "session_day", name=op.f("uq_approval_step_act_id_body_session_day")
        ),
    )
    op.create_index("ix_approval_step_deciding_act_id", "approval_step", ["deciding_act_id"])
    op.create_table(
        "signatory",
        _id(),
        _number("act_id"),
        _word("kind", "signatorykind", ("subscriber", "adherent")),
        _line("name", needed=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        _demo(),
        _refers("signatory", "act_id", "act"),
        _key("signatory"),
        sa.UniqueConstraint("act_id", "name", name=op.f("uq_signatory_act_id_name")),
    )


def _create_gatherings() -> None:
    op.create_table(
        "gathering",
        _id(),
        _number("cycle_id"),
        _number("zone_id"),
        _word("kind", "gatheringkind", ("conference", "seminar", "assembly")),
        _line("title", needed=True),
        sa.Column("description", sa.Text(), nullable=False),
        _moment("starts_at", needed=True),
        _moment("ends_at"),
        _line("place", needed=True),
        _line("url"),
        sa.Column("revision", sa.Integer(), nullable=False),
        _moment("called_off_at"),
        sa.Column("called_off_reason", sa.Text(), nullable=True),
        _demo(),
        sa.CheckConstraint(
            "ends_at IS NULL OR ends_at > starts_at", name=op.f("ck_gathering_interval")
        ),
        sa.ForeignKeyConstraint(
            ["cycle_id", "zone_id"],
            ["cycle.id", "cycle.zone_id"],
            name=op.f("fk_gathering_cycle_id_zone_id_cycle"),
        ),
        _key("gathering"),
    )
    op.create_index("ix_gathering_cycle_id", "gathering", ["cycle_id", "starts_at"])


def _create_attachments() -> None:
    op.create_table(
        "attachment",
        _id(),
        _number("act_id", needed=False),
        _number("gathering_id", needed=False),
        _line("title", needed=True),
        _line("file_name", needed=True),
        _line("media_type", needed=True),
        _number("size"),
        _line("sha256", needed=True),
        _moment("uploaded_at", needed=True),
        _moment("withdrawn_at"),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        _demo(),
        sa.CheckConstraint(
            "num_nonnulls(act_id, gathering_id) = 1", name=op.f("ck_attachment_owner")
        ),
        _refers("attachment", "act_id", "act"),
        _refers("attachment", "gathering_id", "gathering"),
        _key("attachment"),
    )
    op.create_index("ix_attachment_act_id", "attachment", ["act_id"])
    op.create_index("ix_attachment_gathering_id", "attachment", ["gathering_id"])


def _create_citations() -> None:
    op.create_table(
        "citation",
        _id(),
        _number("zone_id"),
        _word("norm_type", "normtype", _NORMS),
        _line("issuer"),
        _line("number"),
        sa.Column("on_day", sa.Date(), nullable=False),
        _line("title", needed=True),
        _line("url"),
        _line("cited_in"),
        _demo(),
        _refers("citation", "zone_id", "zone"),
        _key("citation"),
    )
    op.create_index("ix_citation_zone_id", "citation", ["zone_id"])


def _create_feedback() -> None:
    op.create_table(
        "page_feedback",
        _id(),
        _number("zone_id"),
        _line("path", needed=True),
        sa.Column("useful", sa.Boolean(), nullable=False),
        _number("leaf"),
        _moment("given_at", needed=True),
        _moment("erased_at"),
        _refers("page_feedback", "zone_id", "zone"),
        _key("page_feedback"),
        sa.UniqueConstraint("leaf", name=op.f("uq_page_feedback_leaf")),
    )
    op.create_index("ix_page_feedback_zone_id", "page_feedback", ["zone_id", "path"])


def _create_needs() -> None:
    op.add_column("priority", sa.Column("found_on", sa.Date(), nullable=True))
    op.create_table(
        "proposal_need",
        _number("proposal_id"),
        _number("need_id"),
        _refers("proposal_need", "proposal_id", "proposal"),
        _refers("proposal_need", "need_id", "priority"),
        sa.PrimaryKeyConstraint("proposal_id", "need_id", name=op.f("pk_proposal_need")),
    )
    op.create_index("ix_proposal_need_need_id", "proposal_need", ["need_id"])


def _id() -> sa.Column[Any]:
    return sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False)


def _number(name: str, *, needed: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger(), nullable=not needed)


def _line(name: str, *, needed: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length=300), nullable=not needed)


def _moment(name: str, *, needed: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=not needed)


def _demo() -> sa.Column[Any]:
    return sa.Column("demo", sa.Boolean(), nullable=False)


def _word(name: str, check: str, words: Sequence[str]) -> sa.Column[Any]:
    closed = sa.Enum(*words, name=check, native_enum=False, create_constraint=True, length=40)
    return sa.Column(name, closed, nullable=False)


def _refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def _key(table: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))
