"""Answers by mail: published once and in whose name, or answered with the reason and the text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from io import BytesIO

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select

from consultazione.comments.models import Comment
from consultazione.core import clock
from consultazione.core.actor import SYSTEM, Role
from consultazione.core.audit import state_faults
from consultazione.core.mail.bounces import MOST_BOUNCES, failing
from consultazione.core.mail.outbox import MailState, owe
from consultazione.keys.mail_key import mail_key
from consultazione.moderation.commands.releasing import release_text, set_reading_first
from consultazione.notices.commands.forgetting import forget_notices
from consultazione.notices.mail_in.limits import MOST_ANSWERED, MOST_TAKEN
from consultazione.notices.mail_in.models import TakenMail
from consultazione.notices.mail_in.reading import MOST_BYTES
from consultazione.notices.models import Channel, Group, SubjectKind
from consultazione.people.commands.blocking import block_person
from consultazione.people.models import Person
from consultazione.proposals.commands.lifecycle import withdraw_proposal
from consultazione.tables.holding.models import HeldText
from consultazione.tables.models import ThematicTable
from tests.support.answering import REPLIES, answer_to, plain, report
from tests.support.factories import Factory
from tests.support.keys import SECRETS
from tests.support.mails import deliver_all, secret_in
from tests.support.smtp_server import Postbox
from tests.support.told import Told
from workers.mail_in.one_message import take
from workers.mail_in.taking import Inbox, Outcome

ANNA = "anna@example.org"


class Desk:
    """Anna, whom a mail tells of Bruno's comment, and the inbox that takes her answer."""

    def __init__(self, make: Factory, postbox: Postbox) -> None:
        self.make, self.postbox, self.told = make, postbox, Told(make.database)
        self.anna = make.actor(make.person(email=ANNA, display_name="Anna Rossi"))
        self.proposal = make.proposal()
        self.told.follow(self.anna, SubjectKind.PROPOSAL, self.proposal.id)
        self.told.choose(self.anna, Group.DISCUSSION, Channel.AT_ONCE)
        self.told.tell()
        self.comment = make.comment(self.proposal, body="Non serve.")
        self.inbox = Inbox(make.database, REPLIES, mail_key(SECRETS), "x <partecipa@example.org>")

    def mail(self) -> EmailMessage:
        """The mail that tells her."""
        self.told.owe()
        deliver_all(self.make.database)
        return [one for one in self.postbox.messages if one["To"] == ANNA][-1]

    def send(
        self, message: EmailMessage, *, recipient: str | None = None, path: str = ANNA
    ) -> Outcome:
        """Have it come in, as a pipe hands it over."""
        return take(self.inbox, BytesIO(message.as_bytes()), recipient, path)

    def answers(self) -> list[EmailMessage]:
        """What was written back, once all is delivered."""
        before = len(self.postbox.messages)
        deliver_all(self.make.database)
        return self.postbox.messages[before:]

    def comments(self) -> list[tuple[str, int | None, int | None, bool]]:
        """What stands on the proposal: words, author, what it answers, and whether by mail."""
        with self.make.session() as session:
            rows = session.scalars(select(Comment).order_by(Comment.id))
            return [(row.body, row.author_id, row.parent_id, row.by_mail) for row in rows]


@pytest.fixture
def desk(make: Factory, postbox: Postbox, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("REPLY_ADDRESS", REPLIES)
    monkeypatch.setenv("SECRETS_DIR", str(SECRETS))
    return Desk(make, postbox)


def test_an_answer_is_a_reply_once_and_says_how_it_came(desk: Desk, client: FlaskClient) -> None:
    mail = desk.mail()
    assert mail["Reply-To"].startswith("risposte+")
    assert "Scrivi la risposta sopra questa riga" in plain(mail)
    assert "pubblicato come osservazione" in plain(mail)
    assert desk.postbox.senders[-1].startswith("risposte+")
    answer = answer_to(mail, "Serve, invece.", sender="Anna <ANNA@example.org>")
    assert [desk.send(answer), desk.send(answer)] == [Outcome.PUBLISHED, Outcome.KNOWN]
    reply = ("Serve, invece.", desk.anna.person_id, desk.comment.id, True)
    assert desk.comments()[1:] == [reply]
    assert desk.answers() == []
    page = client.get(f"/proposte/{desk.proposal.id}").text
    assert "inviata per e-mail" in page
    shown = client.get(f"/api/v1/proposals/{desk.proposal.id}/comments").get_json()["items"]
    assert [one["by_mail"] for one in shown] == [False, True]
    with desk.make.session() as session:
        assert list(state_faults(session)) == []


def test_several_notices_in_one_mail_cannot_be_answered(desk: Desk) -> None:
    desk.make.comment(desk.proposal, body="Un'altra.")
    mail = desk.mail()
    assert (mail["Reply-To"], "non vengono lette" in plain(mail)) == (None, True)


def test_a_mail_of_a_proposal_is_answered_with_a_comment(desk: Desk) -> None:
    desk.told.owe()
    desk.told.follow(desk.anna, SubjectKind.TABLE, desk.proposal.table_id)
    with desk.make.session() as session:
        table = session.get_one(ThematicTable, desk.proposal.table_id)
    other = desk.make.proposal(table)
    assert desk.send(answer_to(desk.mail(), "Bene.", sender=ANNA)) is Outcome.PUBLISHED
    with desk.make.session() as session:
        row = session.scalars(select(Comment).order_by(Comment.id.desc())).first()
        assert row is not None
        assert (row.proposal_id, row.parent_id, row.by_mail) == (other.id, None, True)


def withdrawn(desk: Desk) -> None:
    with desk.make.session() as session:
        author = desk.make.actor(session.get_one(Person, desk.proposal.author_id))
    with desk.make.database.transaction(author) as tx:
        withdraw_proposal(tx, proposal_id=desk.proposal.id)


def blocked(desk: Desk) -> None:
    with desk.make.database.transaction(desk.make.holder(Role.ADMINISTRATOR)) as tx:
        person_id = desk.anna.person_id or 0
        block_person(tx, zone_id=desk.make.zone.id, person_id=person_id, reason="Insulti.")


def unconfirmed(desk: Desk) -> None:
    with desk.make.database.transaction(SYSTEM) as tx:
        tx.session.get_one(Person, desk.anna.person_id).email_confirmed_at = None


REFUSED: dict[str, tuple[Callable[[Desk], None], str, str]] = {
    "withdrawn": (withdrawn, ANNA, "non è più in discussione"),
    "blocked": (blocked, ANNA, "è bloccato"),
    "unconfirmed": (unconfirmed, ANNA, "Conferma prima"),
    "stranger": (lambda _desk: None, "carla@example.org", "un altro indirizzo"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_may_not_be_is_answered_once_with_the_reason_and_the_text(
    desk: Desk, case: str
) -> None:
    change, sender, reason = REFUSED[case]
    answer = answer_to(desk.mail(), "Serve.\n\nAnche a Vergato.", sender=sender)
    change(desk)
    assert [desk.send(answer), desk.send(answer)] == [Outcome.REFUSED, Outcome.KNOWN]
    (back,) = [one for one in desk.answers() if one["To"] == sender]
    assert reason in plain(back)
    assert "Anche a Vergato." in plain(back)
    assert (back["Auto-Submitted"], back["Reply-To"]) == ("auto-generated", None)
    assert len(desk.comments()) == 1
    with desk.make.session() as session:
        row = session.scalars(select(TakenMail)).one()
        assert (row.reason, row.body) == (None, None)


def test_what_is_too_late_long_or_empty_is_answered_too(desk: Desk) -> None:
    mail = desk.mail()
    long = answer_to(mail, "parola " * 1000, sender=ANNA, message_id="<2@x>")
    empty = answer_to(mail, "", sender=ANNA, message_id="<3@x>")
    assert [desk.send(long), desk.send(empty)] == [Outcome.REFUSED] * 2
    with time_machine.travel(clock.now() + timedelta(days=31), tick=False):
        late = answer_to(mail, "Tardi.", sender=ANNA, message_id="<4@x>")
        assert desk.send(late) is Outcome.REFUSED
        told = [plain(one) for one in desk.answers()]
    for reason in ("4000", "non ha un testo suo", "trenta giorni"):
        assert any(reason in one for one in told), reason
    assert len(desk.comments()) == 1


def test_attachments_are_left_out_and_a_mail_says_so(desk: Desk) -> None:
    answer = answer_to(desk.mail(), "Ecco.", sender=ANNA)
    answer.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="a.pdf")
    assert desk.send(answer) is Outcome.PUBLISHED
    (back,) = desk.answers()
    assert "allegati non vengono" in plain(back)
    assert f"/osservazioni/{desk.comment.id + 1}" in plain(back)


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"}, {"Precedence": "bulk"}, {"List_Id": "<l.example>"},
        {"path": ""}, {"sender": f"x <{REPLIES}>"}, {"sender": "partecipa@example.org"},
        {"sender": "MAILER-DAEMON@mx.example"},
    ],
)  # fmt: skip
def test_no_program_is_answered(desk: Desk, headers: dict[str, str]) -> None:
    path = headers.get("path", ANNA)
    rest = {"sender": ANNA} | {k: v for k, v in headers.items() if k != "path"}
    assert desk.send(answer_to(desk.mail(), "Torno.", **rest), path=path) is Outcome.IGNORED
    assert (desk.answers(), len(desk.comments())) == ([], 1)


def test_whoever_wants_no_answers_gets_none_and_nobody_gets_many(desk: Desk) -> None:
    mail = desk.mail()
    withdrawn(desk)
    quiet = answer_to(mail, "a", sender=ANNA, message_id="<q@x>", X_Auto_Response_Suppress="All")
    assert desk.send(quiet) is Outcome.IGNORED
    found = [
        desk.send(answer_to(mail, "a", sender=ANNA, message_id=f"<{number}@x>"))
        for number in range(MOST_TAKEN + 2)
    ]
    assert found.count(Outcome.REFUSED) == MOST_ANSWERED
    assert found[-2:] == [Outcome.IGNORED] * 2
    back = [
        one for one in desk.answers() if one["Subject"] == "La tua risposta non è stata pubblicata"
    ]
    assert len(back) == MOST_ANSWERED


def test_only_an_address_that_we_signed_takes_mail(desk: Desk) -> None:
    mail = desk.mail()
    answer = answer_to(mail, "Serve.", sender=ANNA)
    name, _at, host = str(mail["Reply-To"]).partition("@")
    forged = f"{name[:-1]}{'a' if name[-1] != 'a' else 'b'}@{host}"
    assert desk.send(answer, recipient=forged) is Outcome.NOBODY
    assert desk.send(answer, recipient=REPLIES) is Outcome.NOBODY
    huge = BytesIO(b"From: a@b.it\n\n" + b"x" * MOST_BYTES)
    assert take(desk.inbox, huge, mail["Reply-To"], ANNA) is Outcome.UNREADABLE
    assert len(desk.comments()) == 1


def test_where_texts_are_read_first_an_answer_waits_and_says_that_it_came_by_mail(
    desk: Desk, make: Factory
) -> None:
    desk.told.owe()
    office = make.holder(Role.ADMINISTRATOR)
    desk.told.follow(desk.anna, SubjectKind.TABLE, desk.proposal.table_id)
    with make.session() as session:
        make.proposal(session.get_one(ThematicTable, desk.proposal.table_id))
    mail = desk.mail()
    desk.told.run(office, set_reading_first, table_id=desk.proposal.table_id, waits=True)
    assert desk.send(answer_to(mail, "Bene.", sender=ANNA)) is Outcome.WAITS
    assert "Qualcuno la legge" in plain(desk.answers()[0])
    with make.session() as session:
        held_id = session.scalars(select(HeldText.id)).one()
    desk.told.run(office, release_text, held_id=held_id)
    assert desk.comments()[-1][::3] == ("Bene.", True)


def bounce(desk: Desk, number: int, **said: str) -> Outcome:
    """A further mail to Anna comes back."""
    with desk.make.database.transaction(SYSTEM) as tx:
        owe(tx, "password_changed", person_id=desk.anna.person_id)
    deliver_all(desk.make.database)
    raw = report(ANNA, **said)
    path = desk.postbox.senders[-1]
    outcome = take(desk.inbox, BytesIO(raw), path, "")
    again = take(desk.inbox, BytesIO(raw), path, "")
    assert again is (Outcome.KNOWN if outcome is Outcome.BOUNCE else outcome)
    return outcome


def test_an_address_that_fails_gets_no_mails_until_it_is_confirmed_anew(
    desk: Desk, client: FlaskClient
) -> None:
    soft = [{"status": "4.2.2"}, {"status": "5.2.2"}, {"status": "5.7.1"}, {"action": "delayed"}]
    assert [bounce(desk, 0, **one) for one in soft] == [Outcome.IGNORED] * len(soft)
    assert [bounce(desk, n) for n in range(MOST_BOUNCES)] == [Outcome.BOUNCE] * MOST_BOUNCES
    desk.told.owe()
    assert deliver_all(desk.make.database)[-1] is MailState.DROPPED
    desk.make.sign_in(client, desk.anna)
    for page in ("/avvisi", "/profilo", "/profilo/conferma"):
        assert "non arrivano" in client.get(page).text, page
    assert client.post("/profilo/conferma").status_code == 302
    deliver_all(desk.make.database)
    assert (
        client.post("/conferma-indirizzo", data={"secret": secret_in(desk.postbox)}).status_code
        == 302
    )
    assert "non arrivano" not in client.get("/avvisi").text
    with desk.make.session() as session:
        assert failing(session, desk.anna.person_id) is None


def test_administrators_see_it_and_what_a_server_refuses_at_once_counts_too(
    desk: Desk, client: FlaskClient
) -> None:
    desk.postbox.answer = "550 5.1.1 no such user"
    for _number in range(MOST_BOUNCES):
        with desk.make.database.transaction(SYSTEM) as tx:
            owe(tx, "password_changed", person_id=desk.anna.person_id)
        deliver_all(desk.make.database)
    desk.make.sign_in(client, desk.make.holder(Role.ADMINISTRATOR))
    page = client.get(f"{desk.make.at}/amministrazione/persone/{desk.anna.person_id}").text
    assert "5.1.1" in page


def test_texts_that_could_not_be_sent_back_are_forgotten(desk: Desk, postbox: Postbox) -> None:
    answer = answer_to(desk.mail(), "Serve.", sender="carla@example.org")
    assert desk.send(answer) is Outcome.REFUSED
    for days, rows in ((1, ["Serve."]), (3, [None]), (46, [])):
        with time_machine.travel(clock.now() + timedelta(days=days), tick=False):
            with desk.make.database.transaction(SYSTEM) as tx:
                forget_notices(tx)
            with desk.make.session() as session:
                assert list(session.scalars(select(TakenMail.body))) == rows
