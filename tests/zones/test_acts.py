"""The life of an act: corrected with its old wording readable, approved, signed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from consultazione.core import clock
from consultazione.core.actor import SYSTEM, Role
from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound
from consultazione.core.events import FreeText
from consultazione.core.log import read_stream
from consultazione.zones.acts.commands.approving import record_approval, strike_approval
from consultazione.zones.acts.commands.correcting import correct_act
from consultazione.zones.acts.commands.signing import (
    name_signatories,
    record_signatures,
    remove_signatory,
    strike_signature,
)
from consultazione.zones.acts.events import CORRECTED_DETAILS, ActCorrected, SignaturesRecorded
from consultazione.zones.acts.models import Signatory, SignatoryKind
from consultazione.zones.acts.queries import approval_steps, board, get_act, get_version
from consultazione.zones.commands.path import close_phase, open_phase, record_act
from consultazione.zones.events import zone_stream
from consultazione.zones.models import Act, ActKind
from consultazione.zones.queries import phases
from tests.support.factories import Factory

JULY = date(2018, 7, 30)
FIELDS: dict[str, Any] = {
    "kind": ActKind.PROGRAMME_AGREEMENT, "title": "Accordo di programma", "number": "12/2018",
    "on_day": JULY, "body": "Consiglio dell'Unione", "source": "albo pretorio",
    "url": "https://www.comune.example.it/atti/12",
}  # fmt: skip


def act(make: Factory, **values: Any) -> Act:
    with make.database.transaction(SYSTEM) as tx:
        return record_act(tx, cycle_id=make.cycle.id, **{**FIELDS, **values})


def correct(make: Factory, shown: Act, *, version: int = 1, **values: Any) -> Act:
    with make.database.transaction(SYSTEM) as tx:
        reason = "The number was wrong."
        return correct_act(
            tx, act_id=shown.id, version=version, reason=reason, **{**FIELDS, **values}
        )


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"kind": ActKind.FRAMEWORK}, "kind"), ({"on_day": JULY + timedelta(1)}, "on_day"),
     ({"on_day": date(2018, 1, 1)}, "on_day")],
)  # fmt: skip
def test_an_act_that_closed_a_phase_stays_one_that_could(
    make: Factory, wrong: dict[str, Any], field: str
) -> None:
    shown = act(make, kind=ActKind.DELIBERATION)
    with make.session() as session:
        phase_id = phases(session, make.cycle.id)[1].id
    with make.database.transaction(SYSTEM) as tx:
        open_phase(tx, phase_id=phase_id, starts_on=date(2018, 2, 5))
        close_phase(tx, phase_id=phase_id, act_id=shown.id, closed_on=JULY)
    with pytest.raises(Invalid, match="moved the phase “Phase participation”") as refusal:
        correct(make, shown, **{"kind": ActKind.DELIBERATION, **wrong})
    assert field in refusal.value.fields
    assert correct(make, shown, kind=ActKind.COUNCIL_VOTE).kind is ActKind.COUNCIL_VOTE


def name(make: Factory, shown: Act, names: str, kind: SignatoryKind) -> list[Signatory]:
    with make.database.transaction(SYSTEM) as tx:
        return name_signatories(tx, act_id=shown.id, kind=kind, names=names)


def sign(make: Factory, shown: Act, ids: list[int], day: date = JULY) -> list[Signatory]:
    with make.database.transaction(SYSTEM) as tx:
        return record_signatures(tx, act_id=shown.id, signatory_ids=ids, signed_on=day)


def test_a_correction_keeps_what_was_said_before(make: Factory) -> None:
    shown = act(make)
    correct(make, shown, number="13/2018")
    with make.session() as session:
        now, before = get_act(session, shown.id), get_version(session, shown.id, 1)
        assert (now.number, now.version) == ("13/2018", 2)
        assert (before.number, before.reason) == ("12/2018", "The number was wrong.")
        assert read_stream(session, zone_stream(make.zone.id))[-1].event == ActCorrected(
            act_id=shown.id,
            version=1,
            reason=FreeText("The number was wrong."),
            details=CORRECTED_DETAILS.of(now),
        )


def test_who_read_an_older_version_corrects_nothing(make: Factory) -> None:
    shown = act(make)
    correct(make, shown, number="13/2018")
    with pytest.raises(Conflict, match="meanwhile"):
        correct(make, shown, number="14/2018")


def test_a_correction_that_changes_nothing_is_refused(make: Factory) -> None:
    with pytest.raises(Invalid, match="Nothing differs"):
        correct(make, act(make))


@pytest.mark.parametrize(
    "url", ["http://a.example/", "javascript:alert(1)", "https://u:p@a.example/"]
)
def test_an_act_is_read_at_an_https_address_alone(make: Factory, url: str) -> None:
    with pytest.raises(Invalid) as refusal:
        act(make, url=url)
    assert list(refusal.value.fields) == ["url"]


def test_what_bodies_sign_stays_an_agreement(make: Factory) -> None:
    shown = act(make)
    name(make, shown, "Comune A", SignatoryKind.SUBSCRIBER)
    with pytest.raises(Invalid, match="only be an agreement"):
        correct(make, shown, kind=ActKind.DELIBERATION)


def test_steps_of_approval_come_by_day_and_can_be_taken_out(make: Factory) -> None:
    shown, vote = act(make), act(make, kind=ActKind.DELIBERATION, title="Delibera")
    with make.database.transaction(SYSTEM) as tx:
        late = record_approval(
            tx, act_id=shown.id, body="Consiglio", session_day=JULY, deciding_act_id=vote.id
        )
        record_approval(tx, act_id=shown.id, body="Giunta", session_day=JULY - timedelta(days=9))
    with make.session() as session:
        assert [s.body for s in approval_steps(session, [shown.id])] == ["Giunta", "Consiglio"]
    with make.database.transaction(SYSTEM) as tx:
        strike_approval(tx, step_id=late.id)
    with make.session() as session:
        assert [s.body for s in approval_steps(session, [shown.id])] == ["Giunta"]


def test_an_approval_is_of_the_past_and_recorded_once(make: Factory) -> None:
    shown = act(make)
    given: dict[str, Any] = {"act_id": shown.id, "body": "Giunta", "session_day": JULY}
    tomorrow = clock.today() + timedelta(days=1)
    with make.database.transaction(SYSTEM) as tx:
        record_approval(tx, **given)
        with pytest.raises(Conflict):
            record_approval(tx, **given)
        with pytest.raises(Invalid, match="to come"):
            record_approval(tx, **{**given, "session_day": tomorrow})
        with pytest.raises(Invalid, match="another act"):
            record_approval(tx, **{**given, "body": "x", "deciding_act_id": shown.id})


def test_an_agreement_waits_for_each_subscriber_and_for_no_adherent(make: Factory) -> None:
    shown = act(make)
    first, second = name(
        make, shown, "Comune B\n\n  Comune   A \nComune B", SignatoryKind.SUBSCRIBER
    )
    name(make, shown, "Cooperativa C", SignatoryKind.ADHERENT)
    sign(make, shown, [first.id])
    with make.session() as session:
        found = board(session, shown.id)
        assert [one.name for one in found.subscribers] == ["Comune A", "Comune B"]
        assert [one.name for one in found.missing] == ["Comune A"]
    sign(make, shown, [second.id])
    with make.session() as session:
        assert (board(session, shown.id).missing, board(session, shown.id).joined) == ([], 0)
        last = read_stream(session, zone_stream(make.zone.id))[-1].event
    assert last == SignaturesRecorded(act_id=shown.id, signatory_ids=[second.id], signed_on=JULY)


def test_a_signature_is_taken_out_before_the_body(make: Factory) -> None:
    shown = act(make)
    (one,) = name(make, shown, "Comune A", SignatoryKind.SUBSCRIBER)
    sign(make, shown, [one.id])
    with make.database.transaction(SYSTEM) as tx, pytest.raises(Conflict, match="signature out"):
        remove_signatory(tx, signatory_id=one.id)
    with make.database.transaction(SYSTEM) as tx:
        strike_signature(tx, signatory_id=one.id)
        remove_signatory(tx, signatory_id=one.id)
    with make.session() as session:
        assert board(session, shown.id).subscribers == []


def test_what_cannot_be_signed(make: Factory) -> None:
    shown, vote = act(make), act(make, kind=ActKind.DELIBERATION)
    (one,) = name(make, shown, "Comune A", SignatoryKind.SUBSCRIBER)
    with pytest.raises(Conflict, match="Only an agreement"):
        name(make, vote, "Comune A", SignatoryKind.SUBSCRIBER)
    with pytest.raises(Invalid, match="named already"):
        name(make, shown, "Comune A", SignatoryKind.ADHERENT)
    with pytest.raises(Invalid, match="Shorten"):
        name(make, shown, "x" * 201, SignatoryKind.ADHERENT)
    with pytest.raises(Invalid, match="to come"):
        sign(make, shown, [one.id], clock.today() + timedelta(days=1))
    for ids in ([], [one.id, one.id + 999]):
        with pytest.raises(Invalid, match="not signed"):
            sign(make, shown, ids)


def test_who_facilitates_a_table_keeps_no_register(make: Factory) -> None:
    shown, facilitator = act(make), make.holder(Role.FACILITATOR)
    with make.database.transaction(facilitator) as tx, pytest.raises(NotAllowed):
        record_approval(tx, act_id=shown.id, body="Giunta", session_day=JULY)
    with make.database.transaction(SYSTEM) as tx, pytest.raises(NotFound):
        record_approval(tx, act_id=shown.id + 999, body="Giunta", session_day=JULY)


def test_the_office_corrects_approves_and_signs_on_the_page(
    client: FlaskClient, make: Factory
) -> None:
    shown = act(make)
    make.sign_in(client, make.holder(Role.PLAN_OFFICE))
    typed = {**FIELDS, "kind": "programme_agreement", "on_day": "2018-07-30", "version": "1"}
    at = f"/atti/{shown.id}"
    wrong = client.post(f"{at}/correggi", data={**typed, "title": "Accordo", "reason": "no"})
    assert wrong.status_code == 422
    client.post(f"{at}/correggi", data={**typed, "title": "Accordo", "reason": "A shorter title."})
    day = {"session_day": "2018-07-30"}
    client.post(f"{at}/approvazioni/nuova", data={**day, "body": "Consiglio dell'Unione"})
    bodies = "\n".join(f"Comune {n}" for n in range(1, 66))
    client.post(f"{at}/firmatari/nuovi", data={"kind": "subscriber", "names": bodies})
    with make.session() as session:
        ids = [one.id for one in board(session, shown.id).subscribers[:64]]
    client.post(f"{at}/firme", data={"signatory_ids": ids, "signed_on": "2018-07-31"})
    page = client.get(at, headers={"Accept-Language": "en"}).text
    assert "sitting of 30 July 2018" in page
    assert "64 of 65 subscribers have signed" in page
    assert page.count('<th scope="row">Comune') == 65
    before = client.get(f"{at}/versioni/1", headers={"Accept-Language": "en"}).text
    assert "Accordo di programma" in before
    assert "A shorter title." in before


def test_visitors_read_an_act_and_change_nothing(client: FlaskClient, make: Factory) -> None:
    shown = act(make)
    page = client.get(f"/atti/{shown.id}").text
    assert FIELDS["url"] in page
    assert "/correggi" not in page
    assert client.get(f"/atti/{shown.id + 999}").status_code == 404
    make.sign_in(client, make.citizen())
    for form in ("correggi", "approvazioni/nuova", "firmatari/nuovi", "firme", "documenti/nuovo"):
        assert client.get(f"/atti/{shown.id}/{form}").status_code == 403


def test_programs_read_acts_with_their_parts(client: FlaskClient, make: Factory) -> None:
    shown = act(make)
    name(make, shown, "Comune A", SignatoryKind.SUBSCRIBER)
    listed = client.get("/api/v1/acts").json or []
    assert [(one["id"], one["url"], one["version"]) for one in listed] == [
        (shown.id, FIELDS["url"], 1)
    ]
    whole = client.get(f"/api/v1/acts/{shown.id}").json or {}
    assert [(one["name"], one["signed_on"]) for one in whole["signatories"]] == [("Comune A", None)]
