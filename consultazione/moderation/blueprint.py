"""The blueprint of moderation, and where its things are."""

from __future__ import annotations

from flask import Blueprint
from sqlalchemy import select

from consultazione.moderation.models import Case, Ruling, ZoneRule
from consultazione.sittings.chat.models import ChatMessage
from consultazione.sittings.models import Sitting
from consultazione.sittings.questions.models import Question
from consultazione.sittings.record.models import Statement
from consultazione.tables.holding.models import HeldText
from consultazione.tables.models import ThematicTable
from consultazione.tables.on_paper.models import PaperText
from consultazione.web.current_zone import cycle_found_by
from consultazione.zones.models import Cycle
from consultazione.zones.queries import NEWEST

pages = Blueprint("moderation", __name__)

_of_table = select(ThematicTable.cycle_id)
_of_ruling = _of_table.join(Case, Case.table_id == ThematicTable.id).join(
    Ruling, Ruling.case_id == Case.id
)
_of_held = _of_table.join(HeldText, HeldText.table_id == ThematicTable.id)
_of_sitting = _of_table.join(Sitting, Sitting.table_id == ThematicTable.id)
_of_rule = select(Cycle.id).join(ZoneRule, ZoneRule.zone_id == Cycle.zone_id)

cycle_found_by("ruling_id", lambda number: _of_ruling.where(Ruling.id == number))
cycle_found_by(
    "paper_id",
    lambda number: _of_table.join(PaperText, PaperText.table_id == ThematicTable.id).where(
        PaperText.id == number
    ),
)
cycle_found_by("held_id", lambda number: _of_held.where(HeldText.id == number))
cycle_found_by(
    "question_id",
    lambda number: _of_sitting.join(Question, Question.sitting_id == Sitting.id).where(
        Question.id == number
    ),
)
cycle_found_by(
    "statement_id",
    lambda number: _of_sitting.join(Statement, Statement.sitting_id == Sitting.id).where(
        Statement.id == number
    ),
)
cycle_found_by(
    "chat_message_id",
    lambda number: _of_sitting.join(ChatMessage, ChatMessage.sitting_id == Sitting.id).where(
        ChatMessage.id == number
    ),
)
# A rule is the zone's: its page is framed by the zone's latest cycle.
cycle_found_by(
    "moderation_rule_id",
    lambda number: _of_rule.where(ZoneRule.id == number).order_by(*NEWEST).limit(1),
)
