"""Notes and conclusions of a draft, edited side by side: none is lost for another."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from consultazione.core.actor import Role
from consultazione.core.errors import Conflict, Invalid, NotFound
from consultazione.core.events import FreeText
from consultazione.core.log import read_stream
from consultazione.core.revisions import revisions_of
from consultazione.minutes.commands.editing import (
    add_conclusion,
    edit_conclusion,
    remove_conclusion,
    write_note,
)
from consultazione.minutes.events import ConclusionEdited, minutes_stream
from consultazione.minutes.models import Conclusion
from tests.support.minutes_desk import Desk
from tests.support.statements import statements

FIELD = re.compile(r'<input type="hidden" form="texts" name="([^"]+)" value="([^"]*)">')


@pytest.fixture
def facilitator(client: FlaskClient, desk: Desk) -> FlaskClient:
    """The facilitator's browser."""
    return desk.make.sign_in(client, desk.facilitator)


@pytest.fixture
def conclusion(desk: Desk) -> Conclusion:
    """A conclusion of the draft, for the first chapter."""
    added: Conclusion = desk.run(
        add_conclusion, point_id=desk.point_id, chapter_id=desk.chapter_id(), body="Open a desk."
    )
    return added


def address(desk: Desk, ending: str = "") -> str:
    return f"/verbali/{desk.minutes.id}{ending}"


def drawn(browser: FlaskClient, desk: Desk) -> dict[str, Any]:
    """The form with all texts, as the page draws it: untouched."""
    minutes = desk.minutes
    fields: dict[str, Any] = dict(FIELD.findall(browser.get(address(desk)).text))
    notes = {note.point_id: note.body for note in minutes.notes}
    for point in minutes.facts["agenda"]:
        fields[f"nota-{point['id']}-body"] = notes.get(point["id"], "")
    for one in minutes.conclusions:
        fields[f"conclusione-{one.id}-body"] = one.body
        fields[f"conclusione-{one.id}-chapter_id"] = one.chapter_id
    return fields


def test_a_conclusion_is_edited_and_what_it_said_is_kept(
    desk: Desk, conclusion: Conclusion
) -> None:
    values = {"conclusion_id": conclusion.id, "chapter_id": desk.chapter_id(2)}
    before = desk.minutes.version
    desk.run(edit_conclusion, version=1, body="Open two desks.", **values)
    (now,) = desk.minutes.conclusions
    assert (now.body, now.chapter_id) == ("Open two desks.", desk.chapter_id(2))
    assert desk.minutes.version == before + 1
    with desk.make.session() as session:
        (kept,) = revisions_of(session, now)
        entry = read_stream(session, minutes_stream(desk.sitting.id))[-1]
    assert kept.was == {"body": "Open a desk.", "chapter_id": desk.chapter_id()}
    assert kept.author_id == desk.facilitator.person_id
    assert entry.event == ConclusionEdited(
        minutes_id=desk.minutes.id,
        conclusion_id=now.id,
        version=1,
        chapter_id=desk.chapter_id(2),
        body=FreeText("Open two desks."),
    )


def test_an_old_version_an_unknown_chapter_and_what_is_gone_are_refused(
    desk: Desk, conclusion: Conclusion
) -> None:
    values = {"conclusion_id": conclusion.id, "chapter_id": desk.chapter_id()}
    desk.run(edit_conclusion, version=1, body="Two.", **values)
    with pytest.raises(Conflict, match="meanwhile"):
        desk.run(edit_conclusion, version=1, body="Three.", **values)
    with pytest.raises(Invalid) as refused:
        desk.run(edit_conclusion, version=2, body="Three.", **{**values, "chapter_id": 10**12})
    assert list(refused.value.fields) == ["chapter_id"]
    desk.run(remove_conclusion, conclusion_id=conclusion.id)
    with pytest.raises(NotFound):
        desk.run(edit_conclusion, version=2, body="Three.", **values)


def test_the_same_text_again_changes_nothing(desk: Desk, conclusion: Conclusion) -> None:
    values = {"conclusion_id": conclusion.id, "chapter_id": desk.chapter_id(), "version": 1}
    before = desk.kinds()
    desk.run(edit_conclusion, body="Open a desk.", **values)
    assert desk.kinds() == before


def test_what_is_sent_again_after_a_lost_answer_is_not_overtaken(
    desk: Desk, conclusion: Conclusion
) -> None:
    values = {"conclusion_id": conclusion.id, "chapter_id": desk.chapter_id(), "version": 1}
    sent = [(edit_conclusion, values), (write_note, {"point_id": desk.point_id, "version": 0})]
    for command, given in sent:
        desk.run(command, body="Due.", **given)
    before = desk.kinds()
    for command, given in sent:
        desk.run(command, body="Due.", **given)
    assert desk.kinds() == before


def test_without_scripts_one_button_saves_all_that_was_written(
    facilitator: FlaskClient, desk: Desk, conclusion: Conclusion
) -> None:
    first, second, *_ = [point["id"] for point in desk.minutes.facts["agenda"]]
    sent = drawn(facilitator, desk) | {
        f"nota-{first}-body": "Prima nota.",
        f"nota-{second}-body": "Seconda nota.",
        f"conclusione-{conclusion.id}-body": "Due sportelli.",
    }
    answer = facilitator.post(address(desk, "/testi"), data=sent)
    assert answer.location == address(desk)
    minutes = desk.minutes
    assert {note.point_id: note.body for note in minutes.notes} == {
        first: "Prima nota.",
        second: "Seconda nota.",
    }
    assert [one.body for one in minutes.conclusions] == ["Due sportelli."]


def test_versions_are_read_once_for_a_page_and_once_for_a_saved_text(
    facilitator: FlaskClient, desk: Desk, conclusion: Conclusion, engine: Engine
) -> None:
    sent = drawn(facilitator, desk)
    with statements(engine) as asked:
        facilitator.get(address(desk))
    assert sum("FROM revision" in one for one in asked) == 1
    with statements(engine) as asked:
        facilitator.post(address(desk, "/testi"), data=sent, headers={"Accept": "application/json"})
    assert sum("FROM revision" in one for one in asked) == 1


def test_one_that_is_refused_loses_none_of_the_others(
    facilitator: FlaskClient, desk: Desk, conclusion: Conclusion
) -> None:
    first, second, *_ = [point["id"] for point in desk.minutes.facts["agenda"]]
    sent = drawn(facilitator, desk) | {
        f"nota-{first}-body": "Mia.",
        f"nota-{second}-body": "Seconda nota.",
        f"conclusione-{conclusion.id}-body": "",
    }
    desk.run(write_note, point_id=first, body="Di altri.", version=0)
    page = facilitator.post(address(desk, "/testi"), data=sent)
    assert page.status_code == 422
    for words in ("Mia.", "Di altri.", f"#field-nota-{first}-body", f"conclusione-{conclusion.id}"):
        assert words in page.text
    notes = {note.point_id: note.body for note in desk.minutes.notes}
    assert notes == {first: "Di altri.", second: "Seconda nota."}
    assert f'name="nota-{first}-version" value="1"' in page.text
    again = {"version": "1", "mark": "", "body": "Mia. Di altri."}
    put_together = {f"nota-{first}-{name}": value for name, value in again.items()}
    assert facilitator.post(address(desk, "/testi"), data=put_together).status_code == 302


def test_a_text_that_nobody_touched_is_never_stale(facilitator: FlaskClient, desk: Desk) -> None:
    first, second, *_ = [point["id"] for point in desk.minutes.facts["agenda"]]
    sent = drawn(facilitator, desk) | {f"nota-{second}-body": "Seconda nota."}
    desk.run(write_note, point_id=first, body="Di altri.", version=0)
    assert facilitator.post(address(desk, "/testi"), data=sent).status_code == 302
    assert {note.body for note in desk.minutes.notes} == {"Di altri.", "Seconda nota."}


def test_a_program_saves_one_piece_and_is_told_its_version(
    facilitator: FlaskClient, desk: Desk
) -> None:
    key, as_json = f"nota-{desk.point_id}", {"Accept": "application/json"}
    piece = {f"{key}-version": "0", f"{key}-mark": "", f"{key}-body": "Una nota."}
    saved = facilitator.post(address(desk, "/testi"), data=piece, headers=as_json)
    assert saved.status_code == 200
    assert saved.json is not None
    assert (saved.json["fields"][f"{key}-version"], saved.json["errors"]) == (1, {})
    assert saved.json["version"] == desk.minutes.version
    stale = facilitator.post(address(desk, "/testi"), data=piece | {f"{key}-body": "Altra."},
                             headers=as_json)  # fmt: skip
    assert stale.status_code == 422
    assert stale.json is not None
    assert stale.json["theirs"] == {key: "Una nota."}
    assert list(stale.json["errors"]) == [f"{key}-body"]


def test_who_does_not_edit_saves_nothing_and_reads_no_earlier_words(
    client: FlaskClient, desk: Desk, conclusion: Conclusion
) -> None:
    sent = {f"nota-{desk.point_id}-{n}": v for n, v in (("version", "0"), ("body", "Mia."))}
    earlier = address(desk, f"/conclusioni/{conclusion.id}/com-era-prima")
    coordinator = desk.make.holder(Role.COORDINATOR, desk.sitting.table_id)
    for who, status in ((coordinator, 403), (desk.present, 403), (desk.make.citizen(), 404)):
        desk.make.sign_in(client, who)
        assert client.post(address(desk, "/testi"), data=sent).status_code == status
        assert client.get(earlier).status_code == status
    assert desk.minutes.notes == []


def test_the_earlier_words_of_a_conclusion_are_shown(
    facilitator: FlaskClient, desk: Desk, conclusion: Conclusion
) -> None:
    earlier = address(desk, f"/conclusioni/{conclusion.id}/com-era-prima")
    assert earlier not in facilitator.get(address(desk)).text
    desk.run(
        edit_conclusion,
        conclusion_id=conclusion.id,
        version=1,
        chapter_id=desk.chapter_id(),
        body="Open two desks.",
    )
    assert earlier in facilitator.get(address(desk)).text
    page = facilitator.get(earlier).text
    assert "Open a desk." in page
    assert "Open two desks." in page


def test_approved_minutes_are_edited_no_more(
    facilitator: FlaskClient, desk: Desk, conclusion: Conclusion
) -> None:
    sent = drawn(facilitator, desk) | {f"conclusione-{conclusion.id}-body": "Tardi."}
    facilitator.post(address(desk, "/approva"), data={"version": desk.minutes.version})
    assert facilitator.post(address(desk, "/testi"), data=sent).status_code == 422
    assert [one.body for one in desk.minutes.conclusions] == ["Open a desk."]
