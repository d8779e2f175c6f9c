"""Importing a zone's file: the demo loads; a bad file names its lines and leaves nothing."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from consultazione.config import ROOT
from consultazione.core import clock, log
from consultazione.core.db import Database
from consultazione.core.log import verify
from consultazione.importing.main import BadFile, load
from consultazione.minutes.models import Minutes, MinutesState
from consultazione.people.models import Person
from consultazione.proposals.models import Proposal, ProposalState
from consultazione.sittings.models import AgendaPoint, Sitting
from consultazione.tables.models import ThematicTable
from consultazione.zones.gatherings.queries import gatherings
from consultazione.zones.library.queries import citations
from consultazione.zones.models import Chapter, Zone
from consultazione.zones.queries import phases
from tests.support.zone_manual import EXAMPLE

DEMO = (ROOT / "demo" / "reno-lavino-samoggia.yaml").read_text(encoding="utf-8")
STORY = (ROOT / "demo" / "reno-lavino-samoggia-2018-2020.yaml").read_text(encoding="utf-8")


def test_the_demo_zone_loads_whole(database: Database, tmp_path: Path) -> None:
    loader = load(database, DEMO, tmp_path)
    with database.snapshot() as session:

        def count(model: type) -> int:
            return session.scalar(select(func.count()).select_from(model)) or 0

        assert (count(ThematicTable), count(Chapter), count(Sitting)) == (6, 7, 2)
        assert session.scalars(select(Proposal.state).order_by(Proposal.id)).first() is (
            ProposalState.ADMITTED
        )
        named = {t.name: t.coordinator for t in session.scalars(select(ThematicTable))}
        assert sum(coordinator is not None for coordinator in named.values()) == 3
        assert all(p.demo for p in session.scalars(select(Person)))
        assert all(verify.verify_stream(session, name) == [] for name in verify.streams(session))
    assert "facilitatore@demo.example" in {account.email for account in loader.accounts}


def test_the_path_of_a_file_loads_with_its_parts(database: Database, tmp_path: Path) -> None:
    cycle = load(database, DEMO, tmp_path).cycle
    with database.snapshot() as session:
        assert [one.demo for one in gatherings(session, cycle.id)] == [True, True]
        assert citations(session, cycle.zone_id)[0].number == "328"
        due = [phase.due_on for phase in phases(session, cycle.id) if phase.due_on]
        assert due == [clock.today() + timedelta(days=30)]


def test_what_people_of_the_file_wrote_is_theirs_in_the_log(
    database: Database, tmp_path: Path
) -> None:
    load(database, DEMO, tmp_path)
    with database.snapshot() as session:
        entries = log.read_latest(session, limit=500)
        submitted = [e for e in entries if e.kind == "proposal.submitted"]
        authors = set(session.scalars(select(Proposal.author_id)))
    assert {e.actor_id for e in submitted} == authors


def test_what_a_past_sitting_discussed_was_proposed_before_it(
    database: Database, tmp_path: Path
) -> None:
    load(database, DEMO, tmp_path)
    with database.snapshot() as session:
        discussed = session.execute(
            select(Proposal.decided_at, Sitting.convened_at)
            .join(AgendaPoint, AgendaPoint.proposal_id == Proposal.id)
            .join(Sitting, Sitting.id == AgendaPoint.sitting_id)
        ).all()
    assert len(discussed) == 2
    assert all(admitted < convened for admitted, convened in discussed)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("kind: union\n", "kind: planet  # HERE\n", "zone.kind"),
        ("  lead_body: Unione", "  lead: HERE Unione", "zone.lead"),
        ("author: cittadina@demo.example", "author: no@b.example # HERE", "proposals.1.author"),
        ("seats: [concertazione-sindacale]", "seats: [HERE]", "organisations.5.seats"),
        ("zone:\n", "zone:\n\t- HERE", "not YAML"),
        ('at: "17:30"', 'at: "25:99" # HERE', "sittings.0.at"),
        ("    days_from_now: 18\n", "    on_day: # HERE\n", "gatherings.0.on_day"),
        ("password: dimostrazione-2018\n", "password: x # HERE\n", "people.1.password"),
    ],
)
def test_a_bad_file_names_line_and_field_and_leaves_nothing(
    database: Database, tmp_path: Path, old: str, new: str, says: str
) -> None:
    assert old in DEMO
    damaged = DEMO.replace(old, new, 1)
    line = next(n for n, text in enumerate(damaged.splitlines(), 1) if "HERE" in text)
    with pytest.raises(BadFile) as refused:
        load(database, damaged, tmp_path)
    assert says in str(refused.value)
    assert f"line {line}:" in str(refused.value)
    with database.snapshot() as session:
        assert session.scalar(select(func.count()).select_from(Zone)) == 0
        assert log.read_latest(session, limit=1) == []


def test_a_union_signs_with_its_own_password_alone(database: Database, tmp_path: Path) -> None:
    wrong = STORY.replace(
        "who: sindacato.b@demo.example\n          organisation: sind-b",
        "who: sindacato.b@demo.example\n          organisation: sind-a",
        1,
    )
    assert wrong != STORY
    with pytest.raises(BadFile, match=r"past_sittings\.0"):
        load(database, wrong, tmp_path)


def test_a_past_thing_has_one_day(database: Database, tmp_path: Path) -> None:
    twice = STORY.replace("    day: 2018-03-14\n", "    day: 2018-03-14\n    days_ago: 3\n")
    with pytest.raises(BadFile, match="either day or days_ago"):
        load(database, twice, tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("{who: delegata@", "{who: altra@", "points.0.speakers.0.who"),
        ("ballots: {delegata@", "ballots: {altra@", "points.0.poll.ballots.altra@"),
        ("present: [delegata@valle.example]", "present: []", "points.0.speakers.0.who"),
    ],
)
def test_nobody_speaks_or_votes_who_was_not_there(
    database: Database, tmp_path: Path, old: str, new: str, says: str
) -> None:
    assert old in EXAMPLE
    with pytest.raises(BadFile, match="is not among those present") as refused:
        load(database, EXAMPLE.replace(old, new, 1), tmp_path)
    assert says in str(refused.value)


def with_four_eyes(minutes: str) -> str:
    """The example in a zone that wants four eyes, with a second facilitator and minutes."""
    second = (
        "  - {email: altra@valle.example, display_name: Ada Altra, password: cinque noci e un noce,"
        " roles: [{role: facilitator, table: casa}]}\n\n"
    )
    text = EXAMPLE.replace("  demo: true\n", "  demo: true\n  four_eyes: true\n", 1)
    text = text.replace("\nmaterials:\n", f"{second}materials:\n", 1)
    return text.replace("\nsittings:\n", f"    minutes: {minutes}\n\nsittings:\n", 1)


WRITTEN = "by: facilitatore@valle.example, notes: [{point: 1, body: Si parla del portierato.}]"


def test_minutes_name_who_approved_them_beside_who_wrote(
    database: Database, tmp_path: Path
) -> None:
    minutes = f"{{{WRITTEN}, approved_by: altra@valle.example}}"
    load(database, with_four_eyes(minutes), tmp_path)
    with database.snapshot() as session:
        stands = session.scalars(select(Minutes)).one()
        approved_by = session.get_one(Person, stands.approved_by)
        assert (stands.state, approved_by.display_name) == (MinutesState.PUBLISHED, "Ada Altra")


@pytest.mark.parametrize(
    ("minutes", "place"),
    [
        (f"{{{WRITTEN}}}", "by"),
        (f"{{{WRITTEN}, approved_by: nessuno@valle.example}}", "approved_by"),
    ],
)
def test_minutes_that_nobody_else_approved_are_refused_with_their_place(
    database: Database, tmp_path: Path, minutes: str, place: str
) -> None:
    with pytest.raises(BadFile) as fault:
        load(database, with_four_eyes(minutes), tmp_path)
    assert f"past_sittings.0.minutes.{place}: " in str(fault.value)


def approved_in(way: str, days: int, minutes: str) -> str:
    """The same in a zone with that way to approve, and so many days for corrections."""
    rules = f"  four_eyes: true\n  correction_days: {days}\n  approval_way: {way}\n"
    return with_four_eyes(minutes).replace("  four_eyes: true\n", rules, 1)


BOTH = f"{{{WRITTEN}, approved_by: altra@valle.example}}"


@pytest.mark.parametrize(
    ("way", "days", "how"),
    [
        ("chair", 7, None),
        ("chair_and_secretary", 3, "Approvato da chi presiede, Ada Altra, e da chi verbalizza"),
        ("silence", 7, "Approvato per silenzio assenso"),
    ],
)
def test_minutes_are_approved_in_the_way_of_the_zone_once_its_days_are_over(
    database: Database, tmp_path: Path, way: str, days: int, how: str | None
) -> None:
    load(database, approved_in(way, days, BOTH), tmp_path)
    with database.snapshot() as session:
        stands = session.scalars(select(Minutes)).one()
        assert stands.state is MinutesState.PUBLISHED
        assert stands.document is not None
        assert stands.approved_at is not None
        assert stands.corrections_until is not None
        assert stands.corrections_until < clock.in_rome(stands.approved_at).date()
        assert (stands.document["approved"] or {}).get("how", "").startswith(how or "")
        kinds = [e.kind for e in log.read_stream(session, f"minutes:{stands.sitting_id}")]
    assert "minutes.circulated" in kinds


@pytest.mark.parametrize(
    ("way", "days", "minutes", "place", "says"),
    [
        ("chair", 16, BOTH, "", "can still ask for corrections"),
        ("next_sitting", 7, BOTH, "", "which a file cannot tell"),
        ("chair_and_secretary", 3, f"{{{WRITTEN}}}", ".approved_by", "two persons"),
    ],
)
def test_minutes_that_cannot_be_approved_yet_are_refused_with_the_remedy(
    database: Database, tmp_path: Path, way: str, days: int, minutes: str, place: str, says: str
) -> None:
    with pytest.raises(BadFile, match=says) as fault:
        load(database, approved_in(way, days, minutes), tmp_path)
    assert f"past_sittings.0.minutes{place}: " in str(fault.value)
