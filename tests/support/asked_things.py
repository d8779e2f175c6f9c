"""What a zone asks, and what its people keep for themselves, by the names of parameters."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from consultazione.core import clock
from consultazione.core.actor import SYSTEM, Actor, Role
from consultazione.notices.commands.following import follow
from consultazione.notices.models import SubjectKind
from consultazione.opinions.commands.maps import open_opinion_map
from consultazione.opinions.commands.opinions import answer_opinion, propose_opinion
from consultazione.opinions.queries import admitted, get_map
from consultazione.people.commands.tokens import create_token
from consultazione.people.events import PasskeyAdded, person_stream
from consultazione.people.mandates.models import MandateDocument
from consultazione.people.models import ApiToken
from consultazione.people.passkeys.models import Passkey
from consultazione.privacy.commands.downloads import record_own_data
from consultazione.site.calendars.commands import make_calendar_address
from consultazione.site.pages.commands import write_page
from consultazione.site.pages.models import PageKind
from tests.support.factories import Factory

STATEMENTS = ["Lo sportello apre di sera.", "Lo sportello apre di sabato.", "Ne bastano due."]


def asked(make: Factory) -> dict[str, Any]:
    """An opinion map with an answer and a statement that waits, and a page of the zone's own."""
    table, citizen = make.table(), make.citizen()
    closes_at = clock.now() + timedelta(days=30)
    with make.database.transaction(make.holder(Role.FACILITATOR, table.id)) as tx:
        opened = open_opinion_map(
            tx, table_id=table.id, title="Quando si apre", question="Che cosa ne pensate?",
            opinions=STATEMENTS, closes_at=closes_at,
        )  # fmt: skip
    with make.session() as session:
        stands = admitted(get_map(session, opened.id))[0]
    with make.database.transaction(citizen) as tx:
        answer_opinion(tx, opinion_id=stands.id, value=1)
        waiting = propose_opinion(tx, map_id=opened.id, body="Si apre anche in agosto.")
    with make.database.transaction(make.holder(Role.ADMINISTRATOR)) as tx:
        write_page(tx, zone_id=make.zone.id, kind=PageKind.CONTACTS, body="In Comune.", version=0)
    return {
        "opinion_map_id": opened.id,
        "map_id": opened.id,
        "opinion_id": waiting.id,
        "answer_opinion.opinion_id": stands.id,
        "answer_opinion.value": -1,
        "open_opinion_map.opinions": STATEMENTS,
        "open_opinion_map.closes_at": closes_at,
        "write_page.kind": PageKind.CONTACTS,
    }


def kept_by_people(make: Factory, things: dict[str, Any]) -> dict[str, Any]:
    """Of one person a key for programs, a passkey, a calendar and a copy of data; two accounts."""
    person, double = make.person(), make.person()
    actor = make.actor(person)
    with make.database.transaction(actor) as tx:
        create_token(tx, person_id=person.id, label="Prova")
        make_calendar_address(tx)
        follow(tx, kind=SubjectKind.TABLE, subject_id=things["table_id"])
    with make.database.transaction(SYSTEM) as tx:
        record_own_data(tx, download_id=things["download_id"], name=copy_of(things), size=1)
    with make.session() as session:
        token_id = session.scalar(select(ApiToken.id).filter_by(person_id=person.id))
        document = session.get_one(MandateDocument, things["mandate_document_id"])
    return {
        "token_id": token_id,
        "passkey_id": _passkey(make, actor),
        "double_id": double.id,
        "kept_id": person.id,
        "mandate_id": document.mandate_id,  # else no address would lead to the document
        "need_ids": [things["need_id"]],
        "signatory_ids": [things["signatory_id"]],
        "add_archive_file.document_id": things["archive_document_id"],
        "remove_archive_document.document_id": things["archive_document_id"],
    }


def copy_of(things: dict[str, Any]) -> str:
    """The name of the file with somebody's own data."""
    return f"copia-{things['download_id']}"


def _passkey(make: Factory, actor: Actor) -> int:
    """A row of one: without a device, no ceremony makes it."""
    with make.database.transaction(SYSTEM) as tx:
        passkey = Passkey(
            person_id=actor.person_id,
            credential_id=f"device-{actor.person_id}".encode(),
            public_key=b"key",
            label="Telefono",
            added_at=tx.now,
        )
        tx.session.add(passkey)
        tx.flush()
        added = PasskeyAdded(passkey_id=passkey.id, person_id=passkey.person_id)
        tx.record(person_stream(passkey.person_id), added)
    return passkey.id
