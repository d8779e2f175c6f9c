"""Texts that are reported, and those who moderate them."""

from __future__ import annotations

from typing import Any

from consultazione.core.actor import Actor, Role
from consultazione.moderation.commands.appealing import appeal_ruling, decide_appeal
from consultazione.moderation.commands.reporting import report_text
from consultazione.moderation.commands.ruling import rule_on_text
from consultazione.moderation.models import Action, Appeal, Outcome, Report, Ruling, TextKind
from consultazione.proposals.models import Proposal
from tests.support.factories import Factory

REASON = "Offende una persona del quartiere."


class Desk:
    """A table with an author's proposal and comment, two who moderate, and a reader."""

    def __init__(self, make: Factory) -> None:
        self.make, self.table = make, make.table()
        self.author, self.reader = make.citizen(), make.citizen()
        self.first = make.holder(Role.FACILITATOR, self.table.id)
        self.second = make.holder(Role.PLAN_OFFICE)
        self.proposal: Proposal = make.proposal(
            self.table, self.author, title="Titolo cattivo", body="Parole cattive."
        )
        self.comment = make.comment(self.proposal, self.author, body="Parole pessime.")

    def place(self, kind: TextKind) -> dict[str, Any]:
        """How commands name the author's proposal or comment."""
        text = self.proposal if kind is TextKind.PROPOSAL else self.comment
        return {"kind": kind, "text_id": text.id}

    def report(self, who: Actor | None = None, kind: TextKind = TextKind.COMMENT) -> Report:
        """Report a text of the author's."""
        with self.make.database.transaction(who or self.reader) as tx:
            return report_text(tx, **self.place(kind), rule="insult", words="Proprio così.")

    def rule(
        self,
        action: Action = Action.HIDE,
        kind: TextKind = TextKind.COMMENT,
        who: Actor | None = None,
    ) -> Ruling:
        """Rule on a text of the author's."""
        with self.make.database.transaction(who or self.first) as tx:
            return rule_on_text(tx, **self.place(kind), action=action, rule="insult", reason=REASON)

    def appeal(self, ruling: Ruling) -> Appeal:
        """Appeal as the author."""
        with self.make.database.transaction(self.author) as tx:
            return appeal_ruling(tx, ruling_id=ruling.id, words="Era una citazione.")

    def decide(self, ruling: Ruling, outcome: Outcome, who: Actor | None = None) -> Appeal:
        """Decide on the author's appeal."""
        with self.make.database.transaction(who or self.second) as tx:
            return decide_appeal(
                tx, ruling_id=ruling.id, outcome=outcome, reason="È una citazione."
            )
