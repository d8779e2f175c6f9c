"""The choices that the form of a new poll offers."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.people.models import Organisation
from consultazione.sittings.models import Sitting
from consultazione.sittings.polls.kinds import KINDS
from consultazione.sittings.polls.labels import (
    EFFECTS,
    FRANCHISES,
    MAJORITIES,
    MAJORITIES_OF,
    POLL_KINDS,
    QUORUMS_OF,
)
from consultazione.sittings.polls.rules import Effect, Rules
from consultazione.sittings.polls.validation import NOBODY_VOTES
from consultazione.sittings.polls.voters.basis import franchise_of, new_basis
from consultazione.sittings.polls.voters.electorate import has_voters
from consultazione.tables.labels import WHO
from consultazione.tables.models import Seat
from consultazione.tables.rules import rule_of


def poll_form(session: Session, sitting: Sitting) -> Mapping[str, object]:
    """Return the closed lists with their labels, and id and name of a table's organisations.

    Who votes begins with what the table's rule says. Where nobody has a vote so far, it says so,
    and offers an opinion poll first.
    """
    rule, table_id = rule_of(sitting.table.rule), sitting.table_id
    usual = franchise_of(rule)
    basis = new_basis(session, sitting, Rules(franchise=usual), {})
    nobody = not has_voters(session, sitting, basis)
    first = Effect.CONSULTATIVE if nobody else Effect.BINDING
    seated = session.execute(
        select(Organisation.id, Organisation.name)
        .join(Seat, Seat.organisation_id == Organisation.id)
        .where(Seat.table_id == table_id)
        .order_by(Organisation.name, Organisation.id)
    )
    return {
        "kinds": POLL_KINDS,
        "effects": {first: EFFECTS[first]} | EFFECTS,
        "nobody": NOBODY_VOTES if nobody else "",
        "who": WHO[rule.vote],
        "with_options": [name for name, kind in KINDS.items() if kind.takes_options],
        "franchises": {usual: FRANCHISES[usual]} | FRANCHISES,
        "majorities": MAJORITIES,
        "majorities_of": MAJORITIES_OF,
        "quorums_of": QUORUMS_OF,
        "organisations": [tuple(row) for row in seated],
    }
