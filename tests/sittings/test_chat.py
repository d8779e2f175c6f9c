"""The chat of a sitting: who writes when, how it is moderated, and what is left of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import func, select

from consultazione.core import clock, log
from consultazione.core.actor import SYSTEM, Actor, Role
from consultazione.core.errors import Conflict, NotAllowed, NotFound
from consultazione.minutes.commands.reopening import reopen_sitting
from consultazione.setup.commands.settings import change_zone
from consultazione.sittings.attendance.commands.presence import leave_sitting
from consultazione.sittings.chat.commands.course import close_chat, forget_chat, open_chat
from consultazione.sittings.chat.commands.messages import (
    MOST_A_MINUTE,
    MOST_WRITTEN,
    hide_chat_message,
    show_chat_message,
    write_chat_message,
)
from consultazione.sittings.chat.events import ChatClosed, ChatModerated
from consultazione.sittings.chat.models import KEPT_FOR, ChatMessage
from consultazione.sittings.chat.queries import (
    NEWEST,
    chat_changes,
    chat_newest,
    chat_versions,
    chats_to_forget,
)
from consultazione.sittings.lifecycle.commands.opening import close_sitting
from tests.support.meeting import Meeting, meet

HELLO = "Buongiorno <b>a tutti</b>"


def at(meeting: Meeting) -> dict[str, int]:
    return {"sitting_id": meeting.sitting.id}


@pytest.fixture
def chatting(meeting: Meeting) -> Meeting:
    """A sitting whose chat is open."""
    meeting.run(open_chat, meeting.facilitator, **at(meeting))
    return meeting


def write(meeting: Meeting, body: str = HELLO, who: Actor | None = None) -> int:
    message = meeting.run(write_chat_message, who or meeting.anna, **at(meeting), body=body)
    return int(message.id)


def moderate(meeting: Meeting, command: Any, message: int, **fields: Any) -> None:
    meeting.run(command, meeting.facilitator, chat_message_id=message, **fields)


def newest(meeting: Meeting, *, moderates: bool = False) -> list[tuple[str | None, str | None]]:
    with meeting.make.session() as session:
        part = chat_newest(session, meeting.sitting.id, moderates=moderates)
    return [(one["body"], one["hidden_reason"]) for one in part["messages"]]


def keep(meeting: Meeting) -> None:
    with meeting.make.database.transaction(meeting.make.holder(Role.ADMINISTRATOR)) as tx:
        change_zone(tx, zone_id=meeting.make.zone.id, chat_kept=True)


def all_that_is_logged(meeting: Meeting) -> str:
    with meeting.make.session() as session:
        entries = log.read_latest(session, limit=200)
        return str([entry.event for entry in entries])


def test_it_is_closed_until_the_chair_opens_it(meeting: Meeting) -> None:
    assert meeting.snapshot()["sitting"]["chat"] is None
    with pytest.raises(Conflict, match="chair opens it"):
        write(meeting)
    with pytest.raises(NotAllowed):
        meeting.run(open_chat, meeting.anna, **at(meeting))
    for _ in range(2):
        meeting.run(open_chat, meeting.facilitator, **at(meeting))
    assert meeting.snapshot()["sitting"]["chat"] == "forgotten"
    write(meeting)
    assert newest(meeting) == [(HELLO, None)]
    for _ in range(2):
        meeting.run(close_chat, meeting.facilitator, **at(meeting))
    with pytest.raises(Conflict, match="chair opens it"):
        write(meeting)
    assert meeting.kinds()[-2:] == ["chat.opened", "chat.closed"]


def test_only_those_present_write(chatting: Meeting) -> None:
    chatting.run(leave_sitting, chatting.anna, **at(chatting))
    for who in (chatting.anna, chatting.make.citizen()):
        with pytest.raises(Conflict, match="only those present"):
            write(chatting, who=who)
    assert newest(chatting) == []


def test_nothing_of_it_enters_the_log(chatting: Meeting) -> None:
    message = write(chatting, "Parola segreta")
    moderate(chatting, hide_chat_message, message, reason="Un motivo privato")
    chatting.run(close_chat, chatting.facilitator, **at(chatting))
    logged = all_that_is_logged(chatting)
    assert "segreta" not in logged
    assert "privato" not in logged
    with chatting.make.session() as session:
        *_, closed = log.read_stream(session, f"sitting:{chatting.sitting.id}")
        (moderated,) = log.read_stream(session, f"chat:{chatting.sitting.id}")
    number = chatting.sitting.id
    assert closed.event == ChatClosed(sitting_id=number, messages=1, hidden=1)
    assert moderated.event == ChatModerated(sitting_id=number, hidden=1)


def test_a_message_is_hidden_with_a_reason_and_shown_again(chatting: Meeting) -> None:
    message = write(chatting)
    with pytest.raises(NotAllowed):
        chatting.run(hide_chat_message, chatting.bruno, chat_message_id=message, reason="No")
    for _ in range(2):
        moderate(chatting, hide_chat_message, message, reason="Fuori tema")
    assert newest(chatting) == [(None, "Fuori tema")]
    assert newest(chatting, moderates=True) == [(HELLO, "Fuori tema")]
    for _ in range(2):
        moderate(chatting, show_chat_message, message)
    assert newest(chatting) == [(HELLO, None)]
    assert chatting.kinds(f"chat:{chatting.sitting.id}") == ["chat.moderated"] * 2


def test_the_chair_of_another_sitting_moderates_nothing(chatting: Meeting) -> None:
    message, other = write(chatting), meet(chatting.make)
    for command, fields in ((hide_chat_message, {"reason": "No"}), (show_chat_message, {})):
        with pytest.raises(NotAllowed):
            other.run(command, other.facilitator, chat_message_id=message, **fields)
        with pytest.raises(NotFound):
            other.run(command, other.facilitator, chat_message_id=2**40, **fields)
    assert newest(chatting) == [(HELLO, None)]
    assert newest(other) == []


def test_a_flood_is_stopped_with_the_remedy(chatting: Meeting) -> None:
    for number in range(MOST_A_MINUTE):
        write(chatting, f"{number}")
    with pytest.raises(Conflict, match=f"{MOST_A_MINUTE} messages in a minute: wait"):
        write(chatting)
    write(chatting, who=chatting.bruno)
    with time_machine.travel(clock.now() + timedelta(seconds=61)):
        write(chatting)


def test_one_person_writes_so_much_in_a_sitting(chatting: Meeting) -> None:
    with chatting.make.database.transaction(SYSTEM) as tx:
        tx.session.add_all(
            ChatMessage(
                sitting_id=chatting.sitting.id,
                person_id=chatting.anna.person_id,
                body="x",
                written_at=tx.now - timedelta(hours=1),
                version=number,
            )
            for number in range(MOST_WRITTEN)
        )
    with pytest.raises(Conflict, match="as many messages as one person can"):
        write(chatting)
    assert len(newest(chatting)) == NEWEST


def test_what_has_changed_is_found_by_version(chatting: Meeting) -> None:
    first, second = write(chatting), write(chatting, "E poi?")
    with chatting.make.session() as session:
        before = chat_versions(session)[chatting.sitting.id]
    moderate(chatting, hide_chat_message, first, reason="Fuori tema")
    third = write(chatting, "Ecco")
    with chatting.make.session() as session:
        part = chat_changes(session, chatting.sitting.id, after=before)
    assert [one["id"] for one in part["messages"]] == [first, third]
    assert second not in [one["id"] for one in part["messages"]]
    assert part["messages"][0]["body"] is None
    assert part["version"] == before + 2
    assert [*part["people"]] == [str(chatting.anna.person_id)]


def test_it_is_forgotten_at_the_closing(chatting: Meeting) -> None:
    message = write(chatting)
    chatting.run(close_sitting, chatting.facilitator, **at(chatting))
    with chatting.make.session() as session:
        assert session.scalar(select(func.count()).select_from(ChatMessage)) == 0
        assert chats_to_forget(session, now=clock.now() + KEPT_FOR) == []
    assert chatting.snapshot()["sitting"]["chat"] is None
    assert chatting.kinds()[-2:] == ["chat.closed", "sitting.closed"]
    with pytest.raises(NotFound):
        moderate(chatting, show_chat_message, message)
    with pytest.raises(Conflict):
        write(chatting)


def test_a_rule_that_changes_does_not_break_the_word_given(chatting: Meeting) -> None:
    write(chatting)
    keep(chatting)
    for command in (close_chat, open_chat):
        chatting.run(command, chatting.facilitator, **at(chatting))
    assert chatting.snapshot()["sitting"]["chat"] == "forgotten"


def test_a_zone_keeps_it_for_thirty_days(client: FlaskClient, meeting: Meeting) -> None:
    keep(meeting)
    meeting.run(open_chat, meeting.facilitator, **at(meeting))
    assert meeting.snapshot()["sitting"]["chat"] == "kept"
    message = write(meeting)
    moderate(meeting, hide_chat_message, message, reason="Fuori tema")
    path = f"/sedute/{meeting.sitting.id}/chat"
    meeting.make.sign_in(client, meeting.facilitator)
    assert client.get(path).status_code == 404
    meeting.run(close_sitting, meeting.facilitator, **at(meeting))
    assert path in client.get(f"/sedute/{meeting.sitting.id}").text
    page = client.get(path).text
    assert "Buongiorno &lt;b&gt;a tutti&lt;/b&gt;" in page
    assert "Fuori tema" in page
    meeting.make.sign_in(client, meeting.anna)
    assert client.get(path).status_code == 403
    assert path not in client.get(f"/sedute/{meeting.sitting.id}").text
    with pytest.raises(Conflict, match="still kept"):
        meeting.run(forget_chat, SYSTEM, **at(meeting))
    with time_machine.travel(clock.now() + KEPT_FOR + timedelta(minutes=1)):
        with meeting.make.session() as session:
            assert chats_to_forget(session, now=clock.now()) == [meeting.sitting.id]
        assert meeting.run(forget_chat, SYSTEM, **at(meeting)) == 1
        assert meeting.run(forget_chat, SYSTEM, **at(meeting)) == 0
        with meeting.make.session() as session:
            assert chats_to_forget(session, now=clock.now()) == []
    assert newest(meeting) == []
    assert meeting.kinds(f"chat:{meeting.sitting.id}") == ["chat.moderated", "chat.forgotten"]
    meeting.make.sign_in(client, meeting.facilitator)
    assert client.get(path).status_code == 404


def test_in_a_reopened_sitting_it_is_opened_again(meeting: Meeting) -> None:
    keep(meeting)
    meeting.run(open_chat, meeting.facilitator, **at(meeting))
    write(meeting)
    meeting.run(close_sitting, meeting.facilitator, **at(meeting))
    meeting.run(reopen_sitting, meeting.facilitator, **at(meeting), reason="Un voto dimenticato")
    meeting.run(open_chat, meeting.facilitator, **at(meeting))
    with meeting.make.session() as session:
        assert chats_to_forget(session, now=clock.now() + 2 * KEPT_FOR) == []
    assert newest(meeting) == [(HELLO, None)]
