"""Whatever becomes of what a participatory budget chose: it counts once."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from consultazione.core.db import Database
from consultazione.core.errors import Refusal
from consultazione.programme.commands.interventions import remove_intervention
from consultazione.programme.commands.programmes import open_programme
from consultazione.programme.models import Intervention
from consultazione.programme.queries import interventions, programme_of
from consultazione.sharing import queries
from consultazione.sharing.budgets.commands import (
    put_budget_item_into_programme,
    take_up_budget_item,
)
from consultazione.sharing.budgets.queries import programmed, taken_up
from consultazione.sharing.commands.items import remove_shared_item
from tests.support.factories import Factory
from tests.support.sharing_story import YEAR, Sharing
from tests.support.voted import sheet

_MOVES = st.tuples(
    st.sampled_from(["put", "take_up", "remove", "take_away"]),
    st.sampled_from([0, 0, 0, 1, 2]),
)


# The fixture is shared by the examples on purpose: each is one more zone in the same database.
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(moves=st.lists(_MOVES, min_size=4, max_size=10))
def test_whatever_is_done_a_winner_counts_once_and_nothing_else_does(
    database: Database, moves: list[tuple[str, int]]
) -> None:
    sharing = Sharing(Factory(database))
    budget = sharing.counted()
    sharing.do(open_programme, cycle_id=sharing.cycle_id, year=YEAR)
    ids = [item.id for item in budget.items]
    for what, number in [("put", 0), *moves]:
        with suppress(Refusal):
            _move(sharing, what, ids[number])
        with sharing.make.session() as session:
            shared, made = taken_up(session, ids), programmed(session, ids)
            assert shared.isdisjoint(made)
            assert ids[1] not in shared | made.keys()  # was not chosen
            assert len(interventions_of_year(session, sharing)) == len(made)


def _move(sharing: Sharing, what: str, item_id: int) -> None:
    with sharing.make.session() as session:
        made = programmed(session, [item_id])
        shared = [
            row.id
            for row in queries.items(session, sharing.cycle_id, YEAR)
            if row.budget_item_id == item_id
        ]
    if what == "put":
        wanted = sheet(sharing.bodies["Alba"])
        sharing.do(put_budget_item_into_programme, item_id=item_id, sheet=wanted)
    elif what == "take_up":
        sharing.do(take_up_budget_item, item_id=item_id, criterion_id=sharing.by_head)
    elif what == "remove" and made:
        sharing.do(remove_intervention, intervention_id=made[item_id])
    elif what == "take_away" and shared:
        sharing.do(remove_shared_item, item_id=shared[0])


def interventions_of_year(session: Session, sharing: Sharing) -> list[Intervention]:
    """The interventions of the budget's year."""
    return interventions(session, programme_of(session, sharing.cycle_id, YEAR).id)
