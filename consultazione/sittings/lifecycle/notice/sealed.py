"""The notice of a sitting as it stands, with its number in the register."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from consultazione.documents.colophon import DIGEST, FIRST, REGISTERED, number_of
from consultazione.documents.paper.model import Paper, Seal, digest_of
from consultazione.documents.register import registration_of
from consultazione.sittings.lifecycle.notice.kind import NOTICE
from consultazione.sittings.lifecycle.notice.model import notice_of
from consultazione.sittings.models import Sitting

_CHANGED = (
    "L’ordine del giorno o i documenti sono cambiati dopo l’avviso: il testo che ha ricevuto il "
    "numero si legge nel registro dei documenti."
)
_REDACTED = (
    "Dall’avviso sono stati tolti dati personali in esecuzione di un ordine di cancellazione: il "
    "testo che ha ricevuto il numero, senza quei dati, si legge nel registro dei documenti."
)


def sealed_notice(session: Session, sitting: Sitting, *, address: str) -> tuple[Paper, Seal]:
    """The notice, and its seal; both say so if it is no more the text that got the number.

    address: of the sitting's page. Sittings convened before the register have no number.
    """
    notice, row = notice_of(session, sitting), registration_of(session, NOTICE, sitting.id)
    if row is None:
        return notice, Seal(address)
    label = DIGEST
    if row.redacted_digest is not None:
        notice, label = replace(notice, notice=_REDACTED), FIRST
    elif row.digest != digest_of(notice):
        notice, label = replace(notice, notice=_CHANGED), REGISTERED
    return notice, Seal(address, number_of(row), ((label, row.digest),))
