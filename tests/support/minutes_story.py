"""A small sitting as log entries, made without a database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from consultazione.core.actor import Role
from consultazione.core.events import Event, FreeText
from consultazione.core.log import Entry
from consultazione.minutes.compose.facts import Names, OrganisationName, SittingFacts
from consultazione.people.models import Category
from consultazione.sittings.attendance.events import Entered, Left
from consultazione.sittings.events import (
    PointAdded,
    PointClosed,
    PointStarted,
    SittingClosed,
    SittingConvened,
    SittingOpened,
    attendance_stream,
    sitting_stream,
)
from consultazione.sittings.floor.events import FloorEnded, FloorGiven, HandRaised
from consultazione.sittings.polls.events import BallotCast, PollClosed, PollOpened, poll_stream

SITTING, TABLE = 7, 3
FACILITATOR, ANNA, BRUNO = 1, 2, 3
AUSER, CGIL = 11, 12
ANNA_FOR_AUSER = 21
BEGIN = datetime(2018, 3, 5, 16, 0, tzinfo=UTC)

Told = tuple[int | float, str, int | None, Event]
SITS, CAME, VOTED = sitting_stream(SITTING), attendance_stream(SITTING), poll_stream(5)


def entered(attendance_id: int, person_id: int, *, mandate: int | None = None) -> Entered:
    """A person enters, for an association by mandate, or for themselves."""
    return Entered(
        attendance_id=attendance_id,
        sitting_id=SITTING,
        person_id=person_id,
        mandate_id=mandate,
        category=Category.VOLUNTEERING if mandate else Category.CITIZEN,
    )


def left(attendance_id: int, person_id: int) -> Left:
    """A person leaves."""
    return Left(attendance_id=attendance_id, sitting_id=SITTING, person_id=person_id)


def ballot(person_id: int, choice: str, category: Category) -> BallotCast:
    """A person votes in the only poll."""
    return BallotCast(
        poll_id=5, person_id=person_id, mandate_id=None, category=category, choice=choice
    )


def hand(hand_id: int, person_id: int, point_id: int | None) -> HandRaised:
    """A person asks for the floor."""
    anna = person_id == ANNA
    return HandRaised(
        hand_id=hand_id,
        point_id=point_id,
        person_id=person_id,
        mandate_id=ANNA_FOR_AUSER if anna else None,
        category=Category.VOLUNTEERING if anna else Category.CITIZEN,
    )


def point(point_id: int, rank: int, title: str, proposal_id: int | None = None) -> PointAdded:
    """A point of the agenda."""
    return PointAdded(
        point_id=point_id,
        rank=rank,
        title=FreeText(title),
        minutes_planned=20,
        proposal_id=proposal_id,
    )


CONVENED = SittingConvened(
    sitting_id=SITTING,
    table_id=TABLE,
    starts_at=BEGIN,
    title=FreeText("Primo incontro"),
    place=FreeText("In videoconferenza"),
)
OPENED_POLL = PollOpened(
    poll_id=5, point_id=31, poll_kind="yes_no_abstain", question=FreeText("Si approva la proposta?")
)
CLOSED_POLL = PollClosed(
    poll_id=5,
    electorate=3,
    tally={"yes": 1, "no": 0, "abstain": 1},
    carried=True,
    grounds="majority",
)

# Minutes since BEGIN, stream, id of the actor, event.
STORY: list[Told] = [
    (-10_000, SITS, FACILITATOR, CONVENED),
    (-9_999, SITS, FACILITATOR, point(31, 1, "Caregiver familiare", proposal_id=41)),
    (-9_998, SITS, FACILITATOR, point(32, 2, "Varie ed eventuali")),
    (5, CAME, FACILITATOR, entered(51, FACILITATOR)),
    (5, SITS, FACILITATOR, SittingOpened(sitting_id=SITTING, presided_by=FACILITATOR)),
    (6, CAME, ANNA, entered(52, ANNA, mandate=ANNA_FOR_AUSER)),
    (7, CAME, BRUNO, entered(53, BRUNO)),
    (8, SITS, FACILITATOR, PointStarted(point_id=31)),
    (9, SITS, ANNA, hand(61, ANNA, 31)),
    (10, SITS, FACILITATOR, FloorGiven(hand_id=61, point_id=31)),
    (11, SITS, BRUNO, hand(62, BRUNO, 31)),
    (13.5, SITS, FACILITATOR, FloorEnded(hand_id=61)),
    (14, SITS, FACILITATOR, FloorGiven(hand_id=62, point_id=31)),
    (15, SITS, BRUNO, FloorEnded(hand_id=62)),
    (16, CAME, BRUNO, left(53, BRUNO)),
    (16.5, CAME, BRUNO, entered(54, BRUNO)),
    (20, SITS, FACILITATOR, OPENED_POLL),
    (21, VOTED, ANNA, ballot(ANNA, "no", Category.VOLUNTEERING)),
    (22, VOTED, ANNA, ballot(ANNA, "yes", Category.VOLUNTEERING)),
    (23, VOTED, BRUNO, ballot(BRUNO, "abstain", Category.CITIZEN)),
    (25, SITS, FACILITATOR, CLOSED_POLL),
    (30, SITS, FACILITATOR, PointClosed(point_id=31)),
    (40, CAME, BRUNO, left(54, BRUNO)),
    (50, CAME, BRUNO, entered(55, BRUNO)),
    (65, SITS, FACILITATOR, SittingClosed(sitting_id=SITTING)),
]
NAMES = Names(
    persons={FACILITATOR: "Franca Neri", ANNA: "Anna Rossi", BRUNO: "Bruno Verdi"},
    organisations={
        AUSER: OrganisationName("Auser", Category.VOLUNTEERING),
        CGIL: OrganisationName("CGIL", Category.UNION),
    },
    mandates={ANNA_FOR_AUSER: AUSER},
    proposals={41: "Uno sportello per chi cura"},
    roles={FACILITATOR: Role.FACILITATOR},
    seated=(AUSER, CGIL),
)


def entries(story: Sequence[Told] = STORY) -> list[Entry]:
    """The entries of a story, in commit order, numbered within their streams."""
    heads: dict[str, int] = {}
    found = []
    for position, (minutes, stream, actor_id, event) in enumerate(story, 1):
        heads[stream] = heads.get(stream, 0) + 1
        at = BEGIN + timedelta(minutes=minutes)
        found.append(Entry(position, stream, heads[stream], event.kind, event, actor_id, at))
    return found


def facts(story: Sequence[Told] = STORY, names: Names = NAMES) -> SittingFacts:
    """The facts of a story, with the names behind its ids."""
    return SittingFacts(
        sitting_id=SITTING,
        table_id=TABLE,
        table="Domiciliarità e prossimità",
        zone="Unione di prova",
        cycle="2018-2020",
        demo=False,
        entries=entries(story),
        names=names,
    )
