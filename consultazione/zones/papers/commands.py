"""Commands on attached documents: attaching a stored file, withdrawing a document."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.events import FreeText
from consultazione.core.incoming.uploads import StoredFile
from consultazione.core.permissions import Permission, require
from consultazione.zones.acts.queries import get_act
from consultazione.zones.events import zone_stream
from consultazione.zones.gatherings.queries import get_gathering
from consultazione.zones.papers.events import DocumentAttached, DocumentWithdrawn
from consultazione.zones.papers.models import Attachment
from consultazione.zones.papers.queries import get_attachment, zone_of


def attach_document(
    tx: Transaction,
    *,
    title: str,
    file: StoredFile,
    act_id: int | None = None,
    gathering_id: int | None = None,
    demo: bool = False,
) -> Attachment:
    """Attach a stored file to an act or to a gathering, and return the document.

    Exactly one of the ids is given. NotFound if there is no such thing.
    """
    if gathering_id is not None:
        zone_id = get_gathering(tx.session, gathering_id).zone_id
    else:
        zone_id = get_act(tx.session, act_id or 0).zone_id
    require(tx.actor, Permission.ATTACH_DOCUMENT, zone_id=zone_id)
    attachment = Attachment(
        act_id=act_id,
        gathering_id=gathering_id,
        title=title,
        file_name=file.name,
        media_type=file.media_type,
        size=file.size,
        sha256=file.sha256,
        uploaded_at=tx.now,
        demo=demo,
    )
    tx.session.add(attachment)
    tx.flush()
    tx.record(zone_stream(zone_id), _attached(attachment))
    return attachment


def withdraw_document(tx: Transaction, *, attachment_id: int, reason: str) -> Attachment:
    """Withdraw a document, for a reason that everybody can read; nobody can open it then.

    Locks it FOR UPDATE. NotFound if there is none; Conflict if it is withdrawn already.
    """
    attachment = get_attachment(tx.session, attachment_id)
    tx.session.refresh(attachment, with_for_update=True)
    zone_id = zone_of(tx.session, attachment)
    require(tx.actor, Permission.WITHDRAW_DOCUMENT, zone_id=zone_id)
    if attachment.withdrawn_at is not None:
        raise Conflict(_("This document is withdrawn already."))
    attachment.withdrawn_at, attachment.withdrawn_reason = tx.now, reason
    tx.record(
        zone_stream(zone_id),
        DocumentWithdrawn(attachment_id=attachment.id, reason=FreeText(reason)),
    )
    return attachment


def _attached(attachment: Attachment) -> DocumentAttached:
    return DocumentAttached(
        attachment_id=attachment.id,
        act_id=attachment.act_id,
        gathering_id=attachment.gathering_id,
        title=FreeText(attachment.title),
        sha256=attachment.sha256,
    )
