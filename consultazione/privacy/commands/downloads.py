"""A copy of all that is kept about a person: asked for, made, and deleted after some days."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, NotFound
from consultazione.core.mail.outbox import owe
from consultazione.core.permissions import Permission, require
from consultazione.people.commands.accounts import confirm_identity
from consultazione.people.credentials.identity_proof import IdentityProof
from consultazione.people.events import person_stream
from consultazione.people.models import Person
from consultazione.privacy.events import DataDeleted, DataPrepared, DataRequested
from consultazione.privacy.models import DataDownload

# What a proof of identity for a copy is good for, and for nothing else.
TAKING_DATA = "take one's data"
# How long a copy can be fetched.
KEPT_FOR = timedelta(days=7)


def request_own_data(tx: Transaction, *, proof: IdentityProof) -> DataDownload:
    """Ask for a copy of all that is kept about the actor; a job makes it.

    proof: of who they are, for TAKING_DATA. Locks the account. Conflict if a copy is under way, or
    one can be fetched.
    """
    require(tx.actor, Permission.REQUEST_OWN_DATA)
    person = confirm_identity(tx, proof=proof, purpose=TAKING_DATA)
    open_one = select(DataDownload.id).filter_by(person_id=person.id, deleted_at=None)
    if tx.session.scalar(open_one) is not None:
        raise Conflict(
            _("You have asked for a copy already: fetch it, or wait until it is deleted.")
        )
    download = DataDownload(person_id=person.id, asked_at=tx.now)
    tx.session.add(download)
    tx.flush()
    requested = DataRequested(download_id=download.id, person_id=person.id)
    tx.record(person_stream(person.id), requested)
    return download


def record_own_data(tx: Transaction, *, download_id: int, name: str, size: int) -> DataDownload:
    """Note that a copy was made, and tell its person; idempotent.

    name: of the file. Locks the row FOR UPDATE. NotFound if there is none.
    """
    require(tx.actor, Permission.RECORD_OWN_DATA)
    download = _locked(tx, download_id)
    if download.made_at is not None or download.deleted_at is not None:
        return download
    download.made_at, download.expires_at = tx.now, tx.now + KEPT_FOR
    download.name, download.size = name, size
    person = tx.session.get_one(Person, download.person_id)
    prepared = DataPrepared(download_id=download.id, person_id=person.id)
    tx.record(person_stream(person.id), prepared)
    owe(tx, "data_ready", person_id=person.id, language=person.language)
    return download


def delete_own_data(tx: Transaction, *, download_id: int) -> str | None:
    """Note that a copy is deleted, and return the name of its file; idempotent.

    The person's own act, or the platform's once its time is over. Locks the row FOR UPDATE.
    NotFound if there is none, or it is somebody else's.
    """
    download = _locked(tx, download_id)
    require(tx.actor, Permission.DELETE_OWN_DATA)
    if not tx.actor.is_system and download.person_id != tx.actor.person_id:
        raise NotFound(_("There is no such copy."))
    name = download.name
    if download.deleted_at is None:
        download.deleted_at, download.name = tx.now, None
        deleted = DataDeleted(download_id=download.id, person_id=download.person_id)
        tx.record(person_stream(download.person_id), deleted)
    return name


def _locked(tx: Transaction, download_id: int) -> DataDownload:
    download = tx.session.get(
        DataDownload, download_id, with_for_update=True, populate_existing=True
    )
    if download is None:
        raise NotFound(_("There is no such copy."))
    return download
