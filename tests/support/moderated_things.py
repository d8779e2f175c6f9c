"""What moderation and privacy have of a zone, one of each, by the names of parameters."""

from __future__ import annotations

from typing import Any

from consultazione.core.actor import SYSTEM, Role
from consultazione.moderation.commands.releasing import set_reading_first
from consultazione.moderation.commands.rules import add_moderation_rule
from consultazione.moderation.models import TextKind
from consultazione.moderation.on_paper.commands import enter_paper_proposal
from consultazione.people.events import person_stream
from consultazione.privacy.commands.settings import record_activity
from consultazione.privacy.events import DataRequested
from consultazione.privacy.models import DataDownload
from consultazione.proposals.commands.handing_in import hand_in_proposal
from consultazione.tables.holding.models import HeldText
from consultazione.tables.on_paper.models import PaperText
from tests.support.factories import Factory
from tests.support.moderating import Desk


def moderated(make: Factory) -> dict[str, Any]:
    """A reported text with a ruling that was appealed against, a rule, an activity, a copy."""
    desk = Desk(make)
    desk.report()
    ruling = desk.rule()
    desk.appeal(ruling)
    told = dict.fromkeys(
        ("name", "purpose", "basis", "subjects", "data", "recipients", "kept", "measures"), "Prova."
    )
    with make.database.transaction(make.holder(Role.ADMINISTRATOR)) as tx:
        rule = add_moderation_rule(tx, zone_id=make.zone.id, name="Parla di altro.")
        activity = record_activity(tx, zone_id=make.zone.id, **told)
    with make.database.transaction(SYSTEM) as tx:
        download = DataDownload(person_id=desk.author.person_id, asked_at=tx.now)
        tx.session.add(download)
        tx.flush()
        asked = DataRequested(download_id=download.id, person_id=download.person_id)
        tx.record(person_stream(download.person_id), asked)
    held, paper = _waiting(make), _on_paper(make)
    return {
        "held_id": held.id,
        "paper_id": paper.id,
        "receipt": paper.code,
        "waits": True,
        "ruling_id": ruling.id,
        "moderation_rule_id": rule.id,
        "activity_id": activity.id,
        "download_id": download.id,
        "text_id": desk.proposal.id,
        "rule": "insult",
        "appeal_days": 10,
        "review_days": 10,
        **{f"{name}.kind": TextKind.PROPOSAL for name in ("report_text", "rule_on_text")},
    }


def _on_paper(make: Factory) -> PaperText:
    """A proposal that came on paper."""
    with make.database.transaction(make.holder(Role.FACILITATOR)) as tx:
        return enter_paper_proposal(
            tx, table_id=make.table().id, title="Su carta", body="Scritto a mano, e copiato.",
            named_as="A. R.", received_on=tx.now.date(), received_at="allo sportello",
        )  # fmt: skip


def _waiting(make: Factory) -> HeldText:
    """A proposal that waits at a table of its own."""
    table = make.table()
    with make.database.transaction(make.holder(Role.PLAN_OFFICE)) as tx:
        set_reading_first(tx, table_id=table.id, waits=True)
    with make.database.transaction(make.citizen()) as tx:
        held = hand_in_proposal(tx, table_id=table.id, title="In attesa", body="Un testo.")
    assert isinstance(held, HeldText)
    return held
