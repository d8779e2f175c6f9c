"""The facts of minutes: deterministic, and true to the entries."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultazione.core.actor import Role
from consultazione.core.canonical import canonical_json, sha256_of
from consultazione.core.events import FreeText
from consultazione.core.log import Entry
from consultazione.minutes.compose import poll_wording
from consultazione.minutes.compose.document import compose
from consultazione.minutes.compose.types import MinutesFacts
from consultazione.sittings.attendance.events import Excused, ExcuseWithdrawn
from consultazione.sittings.events import (
    PointStarted,
    SittingClosed,
    SittingConvened,
    SittingOpened,
)
from consultazione.sittings.floor.events import FloorGiven
from consultazione.sittings.polls.events import PollAnnulled, PollClosed
from consultazione.sittings.polls.kinds import KINDS
from consultazione.sittings.polls.labels import GROUNDS, TALLIES
from consultazione.sittings.polls.models import AnnulReason
from consultazione.sittings.quorums.events import QuorumVerified
from tests.support.minutes_story import (
    ANNA_FOR_AUSER,
    AUSER,
    BRUNO,
    CAME,
    CGIL,
    NAMES,
    SITS,
    SITTING,
    STORY,
    Told,
    ballot,
    entered,
    facts,
    hand,
)
from tests.support.typed_json import assert_typed

_FRAME = (SittingConvened, SittingOpened, SittingClosed)


def composed(story: list[Told] | None = None, **changes: Any) -> dict[str, Any]:
    """The minutes of a story, which are what their type says."""
    found = compose(replace(facts(story or STORY), **changes))
    assert_typed(found, MinutesFacts)
    return found


def without(*kinds: type) -> list[Told]:
    """The story without the events of these kinds."""
    return [told for told in STORY if not isinstance(told[3], kinds)]


def test_the_same_entries_give_the_same_bytes() -> None:
    assert canonical_json(compose(facts())) == canonical_json(compose(facts()))
    later = [(minutes + 1, *rest) for minutes, *rest in STORY]
    assert sha256_of(composed()) != sha256_of(composed(later))  # type: ignore[arg-type]


def test_canonical_bytes_do_not_depend_on_the_order_of_keys() -> None:
    assert canonical_json({"b": [1, "è"], "a": None}) == '{"a":null,"b":[1,"è"]}'.encode()


def test_when_and_where_and_who_presided() -> None:
    found = composed()
    assert found["place"] == "In videoconferenza"
    assert (found["opened"]["time"], found["closed"]["time"]) == ("17:05", "18:05")
    assert found["opened"]["day"] == "lunedì 5 marzo 2018"
    assert found["duration"] == {"seconds": 3600, "text": "1 ora"}
    assert found["presiding"]["person"] == "Franca Neri"
    assert found["convocation"]["sentence"].startswith("Convocata da chi facilita il tavolo")


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (Role.COORDINATOR, "Convocata da chi coordina il tavolo"),
        (Role.PLAN_OFFICE, "Convocata dall’ufficio di piano"),
        (Role.SYSTEM, "Convocata in prima convocazione"),
    ],
)
def test_the_convocation_names_a_role(role: Role, words: str) -> None:
    found = composed(names=replace(NAMES, roles={1: role}))
    assert found["convocation"]["sentence"].startswith(words)


def test_the_times_are_those_of_italy_in_summer_too() -> None:
    summer = [(minutes + 60 * 24 * 60, *rest) for minutes, *rest in STORY]
    found = composed(summer)  # type: ignore[arg-type]
    assert found["opened"] == {
        "at": "2018-05-04T16:05:00+00:00",
        "day": "venerdì 4 maggio 2018",
        "time": "18:05",
    }


def test_attendance_lists_intervals_and_absent_organisations() -> None:
    rows = composed()["attendance"]["rows"]
    assert [(r["mark"], r["person"], r["organisation"]) for r in rows] == [
        ("P", "Anna Rossi", "Auser"),
        ("P", "Bruno Verdi", None),
        ("P", "Franca Neri", None),
        ("A", None, "CGIL"),
    ]
    bruno = [(stay["from"]["time"], stay["to"]["time"]) for stay in rows[1]["intervals"]]
    assert bruno == [
        ("17:07", "17:40"),
        ("17:50", "18:05"),
    ]  # half a minute is within the gap that is merged
    assert rows[1]["duration"]["seconds"] == (33 + 15) * 60
    assert [row["presides"] for row in rows] == [False, False, True, False]


def with_quorum(there: int) -> list[Told]:
    """The story of a sitting that needs three persons; `there` of them are there at the end."""
    needed, once = {"persons": 3}, {"persons": 1}
    changed: dict[type, dict[str, Any]] = {
        SittingOpened: {"attendance_needed": needed, "attendance_there": once},
        PollClosed: {"attendance_needed": needed, "attendance_there": {"persons": there}},
    }
    story: list[Told] = [
        (*told[:3], replace(told[3], **changed.get(type(told[3]), {}))) for told in STORY
    ]
    verified = QuorumVerified(sitting_id=SITTING, needed=needed, there={"persons": there})
    return [*story[:8], (7.5, SITS, 1, verified), *story[8:]]


@pytest.mark.parametrize(
    ("there", "verified", "of_poll"),
    [
        (
            3,
            "constatata la validità della seduta (persone presenti 3, necessarie 3).",
            "Numero legale raggiunto: persone presenti 3, necessarie 3.",
        ),
        (
            2,
            "constatata la mancanza del numero legale (persone presenti 2, necessarie 3).",
            "Numero legale non raggiunto: persone presenti 2, necessarie 3.",
        ),
    ],
)
def test_the_quorum_is_stated(there: int, verified: str, of_poll: str) -> None:
    found = composed(with_quorum(there))
    assert "il numero legale non è raggiunto (persone presenti 1" in found["opening"]
    assert [(row["time"]["time"], row["sentence"]) for row in found["quorum"]] == [
        ("17:07", verified)
    ]
    assert found["agenda"][0]["polls"][0]["quorum"] == of_poll


def test_without_a_quorum_nothing_is_said_of_it() -> None:
    found = composed()
    assert found["opening"].endswith("presiede la seduta e dà avvio ai lavori.")
    assert "quorum" not in found
    assert "quorum" not in found["agenda"][0]["polls"][0]


def test_excused_organisations_and_substitutes_have_their_marks() -> None:
    excused = Excused(
        sitting_id=SITTING, organisation_id=CGIL, person_id=None, reason=FreeText("Strike")
    )
    again = ExcuseWithdrawn(sitting_id=SITTING, organisation_id=AUSER, person_id=None)
    story: list[Told] = [*STORY[:4], (1, CAME, 1, excused), (2, CAME, 1, again), *STORY[4:]]
    names = replace(NAMES, holders={ANNA_FOR_AUSER: BRUNO})
    found = composed(story, names=names)["attendance"]
    assert [(row["mark"], row["person"], row["organisation"]) for row in found["rows"]] == [
        ("D", "Anna Rossi", "Auser"),
        ("P", "Bruno Verdi", None),
        ("P", "Franca Neri", None),
        ("G", None, "CGIL"),
    ]
    assert found["rows"][0]["delegated_by"] == "Bruno Verdi"
    assert (found["absent"], found["excused"]) == (1, 1)
    assert [entry["mark"] for entry in found["legend"]] == ["P", "A", "G", "D"]
    assert "Strike" not in canonical_json(found).decode()
    withdrawn = replace(again, organisation_id=CGIL)
    back = composed([*story[:6], (3, CAME, 1, withdrawn), *story[6:]])["attendance"]
    assert (back["rows"][-1]["mark"], back["absent"]) == ("A", 1)


def test_points_have_their_times_their_entry_and_their_proposal() -> None:
    first, second = composed()["agenda"]
    assert (first["started"]["time"], first["ended"]["time"]) == ("17:08", "17:30")
    assert first["duration"]["text"] == "22 minuti"
    assert first["proposal"] == {"id": 41, "title": "Uno sportello per chi cura"}
    assert (second["title"], second["started"]) == ("Varie ed eventuali", None)
    entries = facts().entries
    started = next(e for e in entries if isinstance(e.event, PointStarted))
    assert first["entry"] == started.number


def test_who_spoke_and_for_how_long() -> None:
    first = composed()["agenda"][0]
    assert [(s["person"], s["organisation"], s["duration"]["text"]) for s in first["speeches"]] == [
        ("Anna Rossi", "Auser", "4 minuti"),
        ("Bruno Verdi", None, "1 minuto"),
    ]


def test_what_was_still_going_on_ends_with_the_sitting() -> None:
    story = [
        *STORY[:-1],
        (60, SITS, 1, PointStarted(point_id=32)),
        (61, SITS, 3, hand(63, 3, 32)),
        (62, SITS, 1, FloorGiven(hand_id=63, point_id=32)),
        STORY[-1],
    ]
    second = composed(story)["agenda"][1]
    assert (second["ended"]["time"], second["duration"]["seconds"]) == ("18:05", 300)
    assert second["speeches"][0]["duration"]["seconds"] == 180


def test_speaking_time_is_shared_among_categories() -> None:
    speaking = composed()["speaking"]
    assert [(row["category"], row["share"]) for row in speaking["rows"]] == [
        ("volunteering", 78),
        ("citizen", 22),
    ]
    assert speaking["total"]["seconds"] == 270


def test_a_sitting_in_which_nothing_happened() -> None:
    found = composed([told for told in STORY if isinstance(told[3], _FRAME)])
    assert (found["agenda"], found["speaking"]["rows"]) == ([], [])
    assert found["attendance"]["persons"] == 0
    assert found["duration"]["text"] == "1 ora"


def test_a_speech_on_no_point_stands_apart() -> None:
    story = [
        *STORY[:-1],
        (61, SITS, 3, hand(63, 3, None)),
        (62, SITS, 1, FloorGiven(hand_id=63, point_id=None)),
        STORY[-1],
    ]
    found = composed(story)
    assert [s["person"] for s in found["outside"]["speeches"]] == ["Bruno Verdi"]
    assert len(found["agenda"][0]["speeches"]) == 2


def test_a_poll_tells_electorate_tally_result_and_grounds() -> None:
    (poll,) = composed()["agenda"][0]["polls"]
    assert poll["question"] == "Si approva la proposta?"
    assert (poll["electorate"], poll["voters"], poll["carried"]) == (3, 2, True)
    assert [(c["name"], c["ballots"]) for c in poll["tally"]] == [
        ("Favorevoli", 1),
        ("Contrari", 0),
        ("Astenuti", 1),
    ]
    assert poll["result"] == "Approvata"
    assert poll["grounds"].startswith("I voti favorevoli superano")


def test_votes_by_category_count_the_last_ballot_of_each() -> None:
    (poll,) = composed()["agenda"][0]["polls"]
    counted = {row["category"]: row["tally"] for row in poll["by_category"]}
    assert [c["choice"] for c in counted["volunteering"]] == ["yes"]
    assert [c["choice"] for c in counted["citizen"]] == ["abstain"]


def test_a_poll_that_was_never_closed_has_no_result() -> None:
    (poll,) = composed(without(PollClosed))["agenda"][0]["polls"]
    assert (poll["carried"], poll["result"]) == (None, "Votazione non conclusa")
    assert (poll["tally"], poll["by_category"]) == ([], [])


@pytest.mark.parametrize("reason", AnnulReason)
def test_a_poll_that_was_annulled_says_so_and_has_no_result(reason: AnnulReason) -> None:
    annulled = PollAnnulled(poll_id=5, reason=reason)
    told = [(m, s, a, annulled if isinstance(e, PollClosed) else e) for m, s, a, e in STORY]
    (poll,) = composed(told)["agenda"][0]["polls"]
    assert (poll["carried"], poll["electorate"], poll["tally"]) == (None, None, [])
    assert poll["by_category"] == []
    assert poll["result"].startswith("Votazione annullata: ")
    assert not poll["result"].endswith(".")  # page and PDF end the sentence


def test_every_ground_of_every_poll_has_its_sentence() -> None:
    assert set(poll_wording.GROUNDS) == set(GROUNDS)
    assert set(poll_wording.CHOICES) == set(TALLIES)
    assert set(poll_wording.KINDS) == set(KINDS)


def test_an_erased_text_leaves_a_mark() -> None:
    story = [
        (m, s, a, replace(e, title=FreeText("")) if hasattr(e, "title") else e)  # type: ignore[type-var]
        for m, s, a, e in STORY
    ]
    found = composed(story)
    assert found["title"] == found["agenda"][0]["title"] == "[testo rimosso]"


def test_a_person_who_was_erased_keeps_a_number() -> None:
    found = composed(names=replace(NAMES, persons={1: "Franca Neri"}))
    people = {row["person"] for row in found["attendance"]["rows"]}
    assert {"Partecipante 2", "Partecipante 3", "Franca Neri"} <= people


def test_a_sitting_that_was_never_closed_has_no_minutes() -> None:
    with pytest.raises(LookupError, match=r"sitting\.closed"):
        composed(STORY[:-1])


@given(st.lists(st.integers(0, 59), min_size=1, max_size=6))
def test_no_duration_is_negative_whatever_the_clocks_say(moments: list[int]) -> None:
    """Transactions may commit in another order than they began."""
    story = [
        *STORY[:-1],
        *((m, SITS, 1, FloorGiven(hand_id=61, point_id=31)) for m in moments),
        *((m, "poll:5", 3, ballot(3, "no", hand(1, 3, None).category)) for m in moments),
        STORY[-1],
    ]
    found = composed(story)
    assert all(s["duration"]["seconds"] >= 0 for s in found["agenda"][0]["speeches"])
    assert 0 <= sum(row["share"] for row in found["speaking"]["rows"]) <= 101


def test_the_facts_survive_json() -> None:
    found = composed()
    assert json.loads(canonical_json(found)) == found


class _Counting(tuple[Entry, ...]):
    """Entries that count how often they are gone through."""

    times = 0

    def __iter__(self) -> Iterator[Entry]:
        self.times += 1
        return super().__iter__()


def test_however_many_came_the_entries_are_gone_through_as_often() -> None:
    """A question to the entries for each person takes ten seconds for those of a long sitting."""
    told = []
    for people in (3, 30):
        came: list[Told] = [(7, CAME, 90 + n, entered(90 + n, 90 + n)) for n in range(people)]
        story = facts([*STORY[:6], *came, *STORY[6:]])
        counted = _Counting(story.entries)
        compose(replace(story, entries=counted))
        told.append(counted.times)
    assert told[0] == told[1]
