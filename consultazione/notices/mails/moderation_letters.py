"""Letters of moderation: to the author of a text, and to who reported one.

A letter has the rule and the reason; what the text says stands on the page alone.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import format_date
from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Sentence
from consultazione.core.mail.outbox import Mail
from consultazione.moderation.labels import DONE_NAMES, OUTCOME_NAMES, TEXT_NAMES
from consultazione.moderation.models import Ruling
from consultazione.moderation.rules import names_of
from consultazione.moderation.telling import (
    untold_appeal,
    untold_held,
    untold_report,
    untold_ruling,
)
from consultazione.notices.letters import Letter, Reader, to_reader
from consultazione.tables.models import ThematicTable

_AUTHOR = _("You get this mail because you wrote the text.")
_REPORTER = _("You get this mail because you reported the text.")


@to_reader
def text_moderated(tx: Transaction, _mail: Mail, reader: Reader, public_url: str) -> Letter | None:
    """What was decided on a text of the reader's, or that it was taken back."""
    ruling = untold_ruling(tx, reader.person.id)
    if ruling is None:
        return None
    kind, done = TEXT_NAMES[ruling.case.text_kind], DONE_NAMES[ruling.action]
    return Letter(
        to=reader.address,
        subject=_("A decision on a text of yours"),
        paragraphs=[
            _("%(kind)s of yours: %(done)s.", kind=kind, done=done),
            *_taken_back_or_why(tx, ruling),
        ],
        why=_AUTHOR,
        action=(_("Read the decision"), f"{public_url}/moderazione/{ruling.id}"),
    )


@to_reader
def held_text_settled(
    tx: Transaction, _mail: Mail, reader: Reader, public_url: str
) -> Letter | None:
    """That a text of the reader's that waited is published, or is not."""
    held = untold_held(tx, reader.person.id)
    if held is None:
        return None
    told = (
        _("Your text was read and is public now.")
        if held.reason is None
        else _("Your text was read and is not published. Reason: %(reason)s", reason=held.reason)
    )
    return Letter(
        to=reader.address,
        subject=_("Your text was read"),
        paragraphs=[told],
        why=_AUTHOR,
        action=(_("See your text"), f"{public_url}/moderazione/attesa/{held.id}"),
    )


@to_reader
def report_settled(tx: Transaction, _mail: Mail, reader: Reader, public_url: str) -> Letter | None:
    """What came of a report."""
    settled = untold_report(tx, reader.person.id)
    if settled is None:
        return None
    report, ruling = settled
    kind, done = TEXT_NAMES[report.text_kind], DONE_NAMES[ruling.action]
    return Letter(
        to=reader.address,
        subject=_("What came of your report"),
        paragraphs=[
            _("You reported a text (%(kind)s). Decision: %(done)s.", kind=kind, done=done),
            _("Reason: %(reason)s", reason=ruling.reason),
        ],
        why=_REPORTER,
        action=(_("What you reported"), f"{public_url}/profilo/moderazione"),
    )


@to_reader
def appeal_decided(tx: Transaction, _mail: Mail, reader: Reader, public_url: str) -> Letter | None:
    """How an appeal of the reader's has ended."""
    appeal = untold_appeal(tx, reader.person.id)
    if appeal is None or appeal.outcome is None:
        return None
    return Letter(
        to=reader.address,
        subject=_("Your appeal is decided"),
        paragraphs=[
            _("Decision: %(outcome)s.", outcome=OUTCOME_NAMES[appeal.outcome]),
            _("Reason: %(reason)s", reason=appeal.reason),
        ],
        why=_AUTHOR,
        action=(_("Read the decision"), f"{public_url}/moderazione/{appeal.ruling_id}"),
    )


def _taken_back_or_why(tx: Transaction, ruling: Ruling) -> list[Sentence]:
    if ruling.undone_at is not None:
        return [_("This decision was taken back: %(reason)s", reason=ruling.undone_reason)]
    sentences = [
        _("Rule: %(rule)s.", rule=_rules_at(tx, ruling)[ruling.rule or ""]),
        _("Reason: %(reason)s", reason=ruling.reason),
    ]
    if ruling.appeal_until is not None:
        day = format_date(ruling.appeal_until, "long")
        sentences.append(
            _("You do not agree? You can appeal by %(day)s: somebody else looks at it.", day=day)
        )
    return sentences


def _rules_at(tx: Transaction, ruling: Ruling) -> Mapping[str, Sentence]:
    table = tx.session.get_one(ThematicTable, ruling.case.table_id)
    return names_of(tx.session, table.zone_id)
