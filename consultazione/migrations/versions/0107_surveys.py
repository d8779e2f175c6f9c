"""Keep surveys of tables: their questions, what people answer, and the numbers of closed ones."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0107"
down_revision = "0106"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_CATEGORIES = (
    "'local_authority', 'health_authority', 'asp', 'volunteering', 'aps', 'union', "
    "'social_coop', 'foundation', 'labour_org', 'professional_order', 'trade_association', "
    "'family_user_association', 'citizen'"
)


def upgrade() -> None:
    """New tables alone."""
    _surveys()
    _answers()


def _surveys() -> None:
    op.create_table(
        "survey",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("table_id", sa.BigInteger(), nullable=False),
        sa.Column("sitting_id", sa.BigInteger()),
        sa.Column("point_id", sa.BigInteger()),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("intro", sa.Text(), nullable=False),
        sa.Column("least_group", sa.Integer(), nullable=False),
        sa.Column("prepared_at", _MOMENT, nullable=False),
        sa.Column("opened_at", _MOMENT),
        sa.Column("closed_at", _MOMENT),
        sa.Column("participants", sa.Integer()),
        sa.Column("results", postgresql.JSONB()),
        sa.CheckConstraint("least_group >= 5", name=op.f("ck_survey_least_group")),
        sa.CheckConstraint(
            "closed_at IS NULL OR opened_at IS NOT NULL", name=op.f("ck_survey_opened")
        ),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (participants IS NULL)", name=op.f("ck_survey_closed")
        ),
        sa.ForeignKeyConstraint(
            ["table_id"], ["thematic_table.id"], name=op.f("fk_survey_table_id_thematic_table")
        ),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["sitting.id"], name=op.f("fk_survey_sitting_id_sitting")
        ),
        sa.ForeignKeyConstraint(
            ["point_id"], ["agenda_point.id"], name=op.f("fk_survey_point_id_agenda_point")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey")),
    )
    op.create_index("ix_survey_table_id", "survey", ["table_id"])
    op.create_index("ix_survey_sitting_id", "survey", ["sitting_id"])
    op.create_table(
        "survey_question",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("survey_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("body", sa.String(300), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('single', 'several', 'scale', 'text')",
            name=op.f("ck_survey_question_questionkind"),
        ),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["survey.id"], name=op.f("fk_survey_question_survey_id_survey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_question")),
        sa.UniqueConstraint(
            "survey_id", "number", name=op.f("uq_survey_question_survey_id_number")
        ),
    )


def _answers() -> None:
    op.create_table(
        "survey_participant",
        sa.Column("survey_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("category", sa.String(40), nullable=False),
        sa.CheckConstraint(
            f"category IN ({_CATEGORIES})", name=op.f("ck_survey_participant_category")
        ),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["survey.id"], name=op.f("fk_survey_participant_survey_id_survey")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_survey_participant_person_id_person")
        ),
        sa.PrimaryKeyConstraint("survey_id", "person_id", name=op.f("pk_survey_participant")),
    )
    op.create_index("ix_survey_participant_person_id", "survey_participant", ["person_id"])
    op.create_table(
        "survey_answer",
        sa.Column("question_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("chosen", postgresql.ARRAY(sa.SmallInteger()), nullable=False),
        sa.Column("words", sa.Text()),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["survey_question.id"],
            name=op.f("fk_survey_answer_question_id_survey_question"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_survey_answer_person_id_person")
        ),
        sa.PrimaryKeyConstraint("question_id", "person_id", name=op.f("pk_survey_answer")),
    )
    op.create_index("ix_survey_answer_person_id", "survey_answer", ["person_id"])
    op.create_table(
        "survey_text",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("question_id", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["survey_question.id"],
            name=op.f("fk_survey_text_question_id_survey_question"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_text")),
    )
    op.create_index("ix_survey_text_question_id", "survey_text", ["question_id"])


def downgrade() -> None:
    """What was asked and answered is gone with them."""
    for name in ("survey_text", "survey_answer", "survey_participant", "survey_question", "survey"):
        op.drop_table(name)
