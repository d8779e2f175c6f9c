"""Give sign-offs an end: a deadline, silence, the chair's act, and answers to single conclusions.

Outcomes that are open keep no deadline, since nobody told their unions of one: their chair sets it.
Those that are closed were closed by their rule, the only way there was.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

_RULES = ("all_answered", "majority_signed")
_ANSWERS = ("signed", "signed_with_note", "declined")
_ITEM_KEY = "uq_outcome_item_id_outcome_id"


def upgrade() -> None:
    _name_rules(*_RULES, "deadline")
    op.add_column(
        "zone", sa.Column("sign_off_days", sa.Integer(), nullable=False, server_default="30")
    )
    op.alter_column("zone", "sign_off_days", server_default=None)
    _check("zone", "sign_off_days", "sign_off_days BETWEEN 1 AND 365")
    _end_outcomes()
    _name_answers(*_ANSWERS, "silent")
    _check_notes("'signed', 'silent'")
    _check("outcome_party", "silence", "answer <> 'silent' OR mandate_id IS NULL")
    op.create_unique_constraint(op.f(_ITEM_KEY), "outcome_item", ["id", "outcome_id"])
    _make_item_answers()


def downgrade() -> None:
    """Refused while there is a zone, an outcome or an answer that the version before cannot tell.

    What single conclusions were answered is lost.
    """
    op.drop_table("outcome_item_answer")
    op.drop_constraint(op.f(_ITEM_KEY), "outcome_item")
    op.drop_constraint(op.f("ck_outcome_party_silence"), "outcome_party")
    _check_notes("'signed'")
    _name_answers(*_ANSWERS)
    for name in ("reason", "closed", "closedby"):
        op.drop_constraint(op.f(f"ck_outcome_{name}"), "outcome")
    for name in ("closed_reason", "closed_by", "due_reason", "due_on"):
        op.drop_column("outcome", name)
    op.drop_constraint(op.f("ck_zone_sign_off_days"), "zone")
    op.drop_column("zone", "sign_off_days")
    _name_rules(*_RULES)


def _end_outcomes() -> None:
    for column in (
        sa.Column("due_on", sa.Date()),
        sa.Column("due_reason", sa.Text()),
        sa.Column("closed_by", sa.String(40)),
        sa.Column("closed_reason", sa.Text()),
    ):
        op.add_column("outcome", column)
    op.execute("UPDATE outcome SET closed_by = 'rule' WHERE state = 'closed'")
    _check("outcome", "closedby", "closed_by IN ('rule', 'deadline', 'chair')")
    _check("outcome", "closed", "(state = 'closed') = (closed_by IS NOT NULL)")
    _check("outcome", "reason", "(closed_by = 'chair') = (closed_reason IS NOT NULL)")


def _make_item_answers() -> None:
    table = "outcome_item_answer"
    op.create_table(
        table,
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("outcome_id", sa.BigInteger(), nullable=False),
        sa.Column("answer", sa.String(40), nullable=False),
        sa.Column("note", sa.Text()),
        sa.PrimaryKeyConstraint("item_id", "organisation_id", name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(
            ["outcome_id", "organisation_id"],
            ["outcome_party.outcome_id", "outcome_party.organisation_id"],
            name=op.f(f"fk_{table}_outcome_id_organisation_id_outcome_party"),
        ),
        sa.ForeignKeyConstraint(
            ["item_id", "outcome_id"],
            ["outcome_item.id", "outcome_item.outcome_id"],
            name=op.f(f"fk_{table}_item_id_outcome_id_outcome_item"),
        ),
    )
    _check(table, "answer", f"answer IN {(*_ANSWERS, 'silent')}")
    _check(table, "spoken", "answer <> 'silent'")
    _check(table, "note", "answer = 'signed' OR note IS NOT NULL")


def _name_rules(*rules: str) -> None:
    """Let the rule of zones and outcomes be one of these; refused while there is another."""
    for table, column in (("zone", "sign_off_rule"), ("outcome", "rule")):
        op.drop_constraint(op.f(f"ck_{table}_signoffrule"), table)
        _check(table, "signoffrule", f"{column} IN {rules}")


def _name_answers(*answers: str) -> None:
    op.drop_constraint(op.f("ck_outcome_party_answer"), "outcome_party")
    _check("outcome_party", "answer", f"answer IN {answers}")


def _check_notes(without: str) -> None:
    op.drop_constraint(op.f("ck_outcome_party_note"), "outcome_party")
    _check("outcome_party", "note", f"answer IN ({without}) OR answer IS NULL OR note IS NOT NULL")


def _check(table: str, name: str, condition: str) -> None:
    op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, condition)
