"""The plan in blocks with versions; what is said of them, what they serve, and where it stands."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_KINDS = ("heading", "paragraph", "list", "table", "figure")
_CHANGES = ("written", "edited", "split", "merged", "generated")
_CATEGORIES = (
    "local_authority", "health_authority", "asp", "volunteering", "aps", "union", "social_coop",
    "foundation", "labour_org", "citizen",
)  # fmt: skip
_ANSWERS = ("pending", "taken_in", "taken_in_part", "refused", "not_ours")
_RENAMED = ("pk_{}", "fk_{}_chapter_id_chapter")
_NEW = (
    "answer_draft", "block_comment", "block_suggestion", "block_priority", "chapter_priority",
    "block_purpose", "plan",
)  # fmt: skip
# Who wrote a paragraph stands in the log alone.
_FIRST_VERSIONS = """
    INSERT INTO block_version (block_id, number, change, body, author_id, at, contribution_id)
    SELECT block.id, 1, 'written', block.body, wrote.actor_id, block.written_at,
        block.contribution_id
    FROM block LEFT JOIN LATERAL (
        SELECT actor_id FROM log_entry
        WHERE kind IN ('paragraph.written', 'contribution.taken_in', 'contribution.taken_in_part')
            AND (data ->> 'paragraph_id')::bigint = block.id
        ORDER BY position LIMIT 1
    ) wrote ON true
    ORDER BY block.id"""
_ORIGINS = """INSERT INTO block_origin (block_id, contribution_id)
    SELECT id, contribution_id FROM block WHERE contribution_id IS NOT NULL"""
# The older schema has room for what it knew: standing paragraphs, each as it was last.
_UNKNOWN = """SELECT id FROM block WHERE kind <> 'paragraph' OR removed_at IS NOT NULL
    OR (SELECT count(*) FROM block_origin WHERE block_id = block.id) > 1
    OR EXISTS (SELECT FROM block_origin mine JOIN block_origin other USING (contribution_id)
        WHERE mine.block_id = block.id AND other.block_id <> block.id)"""


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False)


def _big(name: str, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def _whole(name: str, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _text(name: str, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _word(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(40), nullable=False)


def _moment(name: str, nullable: bool = False) -> sa.Column[sa.DateTime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _demo() -> sa.Column[bool]:
    return sa.Column("demo", sa.Boolean(), nullable=False)


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_{table}"))


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def _one_of(table: str, name: str, column: str, words: tuple[str, ...]) -> sa.CheckConstraint:
    listed = ", ".join(f"'{word}'" for word in words)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=op.f(f"ck_{table}_{name}"))


def upgrade() -> None:
    """Paragraphs keep their ids: addresses, pedigrees and entries of the log speak of them."""
    op.rename_table("paragraph", "block")
    op.execute("ALTER SEQUENCE paragraph_id_seq RENAME TO block_id_seq")
    for name in _RENAMED:
        _rename(name.format("paragraph"), name.format("block"))
    _make_blocks()
    _make_versions()
    op.drop_constraint("uq_paragraph_contribution_id", "block")
    op.drop_constraint("fk_paragraph_contribution_id_contribution", "block")
    op.drop_column("block", "body")
    op.drop_column("block", "contribution_id")
    _make_the_plan()
    _make_the_discussion("block_comment")
    _make_the_discussion("block_suggestion")
    _make_tags()


def _rename(old: str, new: str) -> None:
    op.execute(f"ALTER TABLE block RENAME CONSTRAINT {old} TO {new}")


def _make_blocks() -> None:
    op.add_column("block", sa.Column("kind", sa.String(40), server_default="paragraph"))
    op.add_column("block", sa.Column("version", sa.Integer(), server_default="1"))
    for column in ("kind", "version"):
        op.alter_column("block", column, nullable=False, server_default=None)
    op.alter_column("block", "rank", nullable=True)
    for added in (
        sa.Column("picture", sa.String(64)),
        sa.Column("picture_type", sa.String(300)),
        _moment("generated_at", nullable=True),
        _moment("removed_at", nullable=True),
        _whole("removed_from", nullable=True),
        _text("removed_reason", nullable=True),
        _big("merged_into_id", nullable=True),
    ):
        op.add_column("block", added)
    op.create_foreign_key(
        op.f("fk_block_merged_into_id_block"), "block", "block", ["merged_into_id"], ["id"]
    )
    op.drop_constraint("uq_paragraph_chapter_id_rank", "block")
    op.create_unique_constraint(
        op.f("uq_block_chapter_id_rank"), "block", ["chapter_id", "rank"],
        deferrable=True, initially="IMMEDIATE",
    )  # fmt: skip
    checks = {
        "rank": "(rank IS NULL) = (removed_at IS NOT NULL)",
        "picture": "(kind = 'figure') = (picture IS NOT NULL)",
        "blockkind": f"kind IN {_KINDS}",
    }
    for name, rule in checks.items():
        op.create_check_constraint(op.f(f"ck_block_{name}"), "block", rule)


def _make_versions() -> None:
    name = "block_version"
    op.create_table(
        name,
        _id(), _big("block_id"), _whole("number"), _word("change"), _text("body"),
        _text("alt", nullable=True), _text("reason", nullable=True),
        _big("author_id", nullable=True), _moment("at"), _big("from_block_id", nullable=True),
        _whole("from_number", nullable=True), _big("contribution_id", nullable=True),
        _key(name, "id"),
        sa.UniqueConstraint("block_id", "number", name=op.f("uq_block_version_block_id_number")),
        _refers(name, "block_id", "block"), _refers(name, "from_block_id", "block"),
        _refers(name, "author_id", "person"), _refers(name, "contribution_id", "contribution"),
        _one_of(name, "changekind", "change", _CHANGES),
    )  # fmt: skip
    op.create_table(
        "block_origin",
        _big("block_id"), _big("contribution_id"),
        _key("block_origin", "block_id", "contribution_id"),
        _refers("block_origin", "block_id", "block"),
        _refers("block_origin", "contribution_id", "contribution"),
    )  # fmt: skip
    op.create_index(op.f("ix_block_origin_contribution_id"), "block_origin", ["contribution_id"])
    op.execute(_FIRST_VERSIONS)
    op.execute(_ORIGINS)


def _make_the_plan() -> None:
    op.create_table(
        "plan",
        _big("cycle_id"), _word("state"), _moment("since"), sa.Column("answers_due_on", sa.Date()),
        sa.Column("comments_until", sa.Date()), _big("act_id", nullable=True),
        _text("reopened_reason", nullable=True),
        _key("plan", "cycle_id"),
        _refers("plan", "cycle_id", "cycle"), _refers("plan", "act_id", "act"),
        _one_of("plan", "planstate", "state", ("draft", "public_draft", "ready", "approved")),
        sa.CheckConstraint(
            "(state = 'approved') = (act_id IS NOT NULL)", name=op.f("ck_plan_approved_by_act")
        ),
    )  # fmt: skip
    op.create_table(
        "answer_draft",
        _big("contribution_id"), _word("answer"), _text("reason"), _text("body"), _moment("at"),
        _key("answer_draft", "contribution_id"),
        _refers("answer_draft", "contribution_id", "contribution"),
        _one_of("answer_draft", "contributionstate", "answer", _ANSWERS),
        sa.CheckConstraint("answer <> 'pending'", name=op.f("ck_answer_draft_answers")),
    )  # fmt: skip


def _make_the_discussion(name: str) -> None:
    of_its_own = (
        _of_suggestions()
        if name == "block_suggestion"
        else [
            sa.CheckConstraint(
                "(answer IS NULL) = (answered_at IS NULL)", name=op.f("ck_block_comment_answer")
            )
        ]
    )
    op.create_table(
        name,
        _id(), _big("block_id"), _whole("version"), _big("author_id"),
        _big("mandate_id", nullable=True), _word("category"), _text("body"), _moment("at"),
        _text("answer", nullable=True), _moment("answered_at", nullable=True), _demo(),
        *of_its_own,
        _key(name, "id"),
        _refers(name, "block_id", "block"), _refers(name, "author_id", "person"),
        _refers(name, "mandate_id", "mandate"),
        _one_of(name, "category", "category", _CATEGORIES),
    )  # fmt: skip
    op.create_index(op.f(f"ix_{name}_block_id"), name, ["block_id"])


def _of_suggestions() -> list[sa.SchemaItem]:
    name = "block_suggestion"
    return [
        _text("reason"),
        _word("state"),
        _one_of(name, "suggestionstate", "state", ("pending", "accepted", "refused")),
        sa.CheckConstraint(
            "(state = 'pending') = (answered_at IS NULL)",
            name=op.f("ck_block_suggestion_answered"),
        ),
    ]


def _make_tags() -> None:
    for place in ("block", "chapter"):
        name, column = f"{place}_priority", f"{place}_id"
        op.create_table(
            name,
            _big(column), _big("priority_id"), _key(name, column, "priority_id"),
            _refers(name, column, place), _refers(name, "priority_id", "priority"),
        )  # fmt: skip
        op.create_index(op.f(f"ix_{name}_priority_id"), name, ["priority_id"])
    purposes = ("local_systems", "qualify_spending", "spend_sharing", "training")
    op.create_table(
        "block_purpose",
        _big("block_id"), _word("purpose"), _key("block_purpose", "block_id", "purpose"),
        _refers("block_purpose", "block_id", "block"),
        _one_of("block_purpose", "purpose", "purpose", purposes),
    )  # fmt: skip


def downgrade() -> None:
    if blocks := op.get_bind().scalars(sa.text(_UNKNOWN)).all():
        raise RuntimeError(
            f"The blocks {blocks} have no place in the older schema: go back to a backup."
        )
    for name in _NEW:
        op.drop_table(name)
    op.add_column("block", _text("body", nullable=True))
    op.add_column("block", _big("contribution_id", nullable=True))
    op.execute(
        "UPDATE block SET body = version.body FROM block_version version"
        " WHERE version.block_id = block.id AND version.number = block.version"
    )
    op.execute(
        "UPDATE block SET contribution_id = origin.contribution_id FROM block_origin origin"
        " WHERE origin.block_id = block.id"
    )
    op.drop_table("block_origin")
    op.drop_table("block_version")
    _unmake_blocks()


def _unmake_blocks() -> None:
    op.drop_constraint(op.f("fk_block_merged_into_id_block"), "block")
    op.drop_constraint(op.f("uq_block_chapter_id_rank"), "block")
    for name in ("rank", "picture", "blockkind"):
        op.drop_constraint(op.f(f"ck_block_{name}"), "block")
    for column in (
        "kind", "version", "picture", "picture_type", "generated_at", "removed_at",
        "removed_from", "removed_reason", "merged_into_id",
    ):  # fmt: skip
        op.drop_column("block", column)
    for column in ("body", "rank"):
        op.alter_column("block", column, nullable=False)
    for name in _RENAMED:
        _rename(name.format("block"), name.format("paragraph"))
    op.execute("ALTER SEQUENCE block_id_seq RENAME TO paragraph_id_seq")
    op.rename_table("block", "paragraph")
    op.create_unique_constraint("uq_paragraph_chapter_id_rank", "paragraph", ["chapter_id", "rank"])
    op.create_unique_constraint("uq_paragraph_contribution_id", "paragraph", ["contribution_id"])
    op.create_foreign_key(
        "fk_paragraph_contribution_id_contribution", "paragraph", "contribution",
        ["contribution_id"], ["id"],
    )  # fmt: skip
