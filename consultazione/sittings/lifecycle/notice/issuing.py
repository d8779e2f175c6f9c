"""Issuing the notice of a sitting: frozen in the register, with its number."""

from __future__ import annotations

from consultazione.core.db import Transaction
from consultazione.documents.models import Registration
from consultazione.documents.paper.model import digest_of, to_json
from consultazione.documents.register import register_document
from consultazione.sittings.lifecycle.notice.kind import NOTICE
from consultazione.sittings.lifecycle.notice.model import notice_of
from consultazione.sittings.models import Sitting


def issue_notice(tx: Transaction, sitting: Sitting) -> Registration:
    """Number the notice of a sitting as its convocation stands now; one for each revision.

    The last step of the commands that convene a sitting or change its convocation.
    """
    tx.flush()
    tx.session.expire(sitting, ["agenda"])
    notice = notice_of(tx.session, sitting)
    return register_document(
        tx,
        sitting.table.zone_id,
        NOTICE,
        object_id=sitting.id,
        version=sitting.revision + 1,
        digest=digest_of(notice),
        content=to_json(notice),
    )
