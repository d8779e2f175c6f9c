"""Open votes by name, opinion polls and annulled polls in the facts of the minutes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from consultazione.core.events import Event, FreeText
from consultazione.minutes.compose.document import compose
from consultazione.minutes.compose.types import PollRow
from consultazione.minutes.compose.wording import CATEGORIES
from consultazione.people.labels import CATEGORY_NAMES
from consultazione.people.models import Category
from consultazione.sittings.polls.events import PollAnnulled, PollClosed, PollOpened
from consultazione.sittings.polls.models import AnnulReason
from consultazione.sittings.polls.rules import Effect, Franchise
from tests.support.minutes_story import (
    ANNA,
    ANNA_FOR_AUSER,
    BRUNO,
    CAME,
    FACILITATOR,
    SITS,
    STORY,
    VOTED,
    Told,
    ballot,
    entered,
    facts,
)
from tests.support.translated import reading

Change = Callable[[Event], Event]


def told(change: Change = lambda event: event, *more: Told) -> PollRow:
    """The only poll of the story as the minutes tell it, its events changed."""
    story = [(m, s, a, change(e)) for m, s, a, e in STORY]
    return row_of(sorted([*story, *more], key=lambda one: one[0]))


def row_of(story: Sequence[Told]) -> PollRow:
    """The only poll of a story."""
    return compose(facts(story))["agenda"][0]["polls"][0]


def with_mandate(event: Event) -> Event:
    """Anna votes for her association."""
    if getattr(event, "choice", None) is None or getattr(event, "person_id", None) != ANNA:
        return event
    return replace(event, mandate_id=ANNA_FOR_AUSER)  # type: ignore[type-var]


def test_each_is_named_under_the_choice_that_counts() -> None:
    row = told(with_mandate)
    assert row["by_name"] == [
        {
            "choice": "yes",
            "name": "Favorevoli",
            "voters": [{"person": "Anna Rossi", "organisation": "Auser"}],
        },
        {
            "choice": "abstain",
            "name": "Astenuti",
            "voters": [{"person": "Bruno Verdi", "organisation": None}],
        },
    ]
    assert row["silent"] == []  # the chair has no mandate


def test_who_was_there_without_voting_is_named() -> None:
    late = (26, CAME, 9, entered(59, 9))
    carla = (19, CAME, 8, entered(58, 8))
    row = told(with_mandate, carla, late)
    assert row["silent"] == [{"person": "Partecipante 8", "organisation": None}]


def test_where_organisations_vote_their_other_delegates_are_not_silent() -> None:
    def by_organisation(event: Event) -> Event:
        if isinstance(event, PollOpened):
            return replace(event, franchise=Franchise.ORGANISATIONS)
        return with_mandate(event)

    second = (19, CAME, 8, entered(58, 8, mandate=ANNA_FOR_AUSER))
    citizen = (19, CAME, 9, entered(59, 9))
    assert told(by_organisation, second, citizen)["silent"] == []


def test_a_secret_poll_names_nobody() -> None:
    row = told(lambda e: replace(e, secret=True) if isinstance(e, PollOpened) else e)
    assert "by_name" not in row
    assert "silent" not in row


def test_an_annulled_poll_has_its_reason_and_no_names() -> None:
    annulled = PollAnnulled(
        poll_id=5, reason=AnnulReason.BY_CHAIR, explanation=FreeText("Un altro testo.")
    )
    row = told(lambda e: e, (26, SITS, FACILITATOR, annulled))  # after it was counted
    assert (row["annulled"], row["carried"], row["tally"]) == (True, None, [])
    assert row["result"] == (
        "Votazione annullata: lo ha deciso chi presiede. Motivo: Un altro testo"
    )
    assert "by_name" not in row


def test_an_opinion_poll_has_counts_and_no_approval() -> None:
    def opinion(event: Event) -> Event:
        if isinstance(event, PollOpened):
            return replace(event, effect=Effect.CONSULTATIVE)
        if isinstance(event, PollClosed):
            return replace(event, carried=False, grounds="consultative")
        return event

    row = told(opinion)
    assert (row["consultative"], row["result"]) == (True, "Sondaggio concluso")
    assert row["rules"] == "Voto palese, un voto per persona"
    assert [line["ballots"] for line in row["tally"]] == [1, 0, 1]


def test_an_old_ballot_of_a_changed_mind_is_not_named_twice() -> None:
    again = (24, VOTED, BRUNO, ballot(BRUNO, "no", Category.CITIZEN))
    names = [v["person"] for one in told(with_mandate, again)["by_name"] for v in one["voters"]]
    assert sorted(names) == ["Anna Rossi", "Bruno Verdi"]


@pytest.mark.parametrize("category", Category)
def test_pages_and_minutes_call_a_category_by_one_name(category: Category) -> None:
    with reading("it"):
        assert str(CATEGORY_NAMES[category]) == CATEGORIES[category]
