"""Commands on the library: adding a norm or a guideline, correcting it, taking it out."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid, NotFound
from consultazione.core.incoming.web_address import read_address
from consultazione.core.permissions import Permission, require
from consultazione.zones.events import zone_stream
from consultazione.zones.library.events import (
    CITATION_DETAILS,
    CORRECTED_DETAILS,
    CitationAdded,
    CitationCorrected,
    CitationRemoved,
)
from consultazione.zones.library.links import OF_THE_STATE
from consultazione.zones.library.models import Citation, NormType
from consultazione.zones.models import Zone

# All but guidelines are cited by a number.
_NUMBERED = frozenset(NormType) - {NormType.GUIDELINE, NormType.LOCAL_DELIBERATION}


def add_citation(
    tx: Transaction,
    *,
    zone_id: int,
    norm_type: NormType,
    on_day: date,
    title: str,
    number: str | None = None,
    issuer: str | None = None,
    url: str | None = None,
    cited_in: str | None = None,
    demo: bool = False,
) -> Citation:
    """Add a norm or a guideline to a zone's library, and return it.

    NotFound if there is no such zone; Invalid on `number` if one is needed, on `issuer` if the
    type does not say who made it, on `url` unless it is an https address.
    """
    if tx.session.get(Zone, zone_id) is None:
        raise NotFound(_("There is no such zone."))
    require(tx.actor, Permission.ADD_CITATION, zone_id=zone_id)
    citation = Citation(zone_id=zone_id, demo=demo)
    _write(citation, norm_type, number, on_day, title, issuer, url, cited_in)
    tx.session.add(citation)
    tx.flush()
    tx.record(
        zone_stream(zone_id),
        CitationAdded(
            citation_id=citation.id,
            norm_type=norm_type,
            on_day=on_day,
            details=CITATION_DETAILS.of(citation),
        ),
    )
    return citation


def correct_citation(
    tx: Transaction,
    *,
    citation_id: int,
    norm_type: NormType,
    on_day: date,
    title: str,
    number: str | None = None,
    issuer: str | None = None,
    url: str | None = None,
    cited_in: str | None = None,
) -> Citation:
    """Correct a citation, and return it.

    Locks it FOR UPDATE. NotFound if there is none; Invalid as in `add_citation`.
    """
    citation = _locked(tx, citation_id, Permission.CORRECT_CITATION)
    before = citation.norm_type, citation.on_day
    _write(citation, norm_type, number, on_day, title, issuer, url, cited_in)
    corrected = CitationCorrected(
        citation_id=citation.id,
        norm_type=before[0],
        on_day=before[1],
        details=CORRECTED_DETAILS.of(citation),
    )
    tx.record(zone_stream(citation.zone_id), corrected)
    return citation


def remove_citation(tx: Transaction, *, citation_id: int) -> None:
    """Take a citation out of the library; NotFound if there is none."""
    citation = _locked(tx, citation_id, Permission.REMOVE_CITATION)
    tx.session.delete(citation)
    tx.record(zone_stream(citation.zone_id), CitationRemoved(citation_id=citation_id))


def _locked(tx: Transaction, citation_id: int, permission: Permission) -> Citation:
    citation = tx.session.get(Citation, citation_id, with_for_update=True)
    if citation is None:
        raise NotFound(_("There is no such norm or guideline."))
    require(tx.actor, permission, zone_id=citation.zone_id)
    return citation


def _write(
    citation: Citation,
    norm_type: NormType,
    number: str | None,
    on_day: date,
    title: str,
    issuer: str | None,
    url: str | None,
    cited_in: str | None,
) -> None:
    if norm_type in _NUMBERED and not number:
        raise Invalid.at("number", _("Write the number by which it is cited."))
    if norm_type not in OF_THE_STATE and not issuer:
        raise Invalid.at("issuer", _("Write who made it, such as Regione Emilia-Romagna."))
    citation.norm_type, citation.on_day, citation.title = norm_type, on_day, title
    citation.number, citation.issuer = number or None, issuer or None
    citation.cited_in = cited_in or None
    citation.url = read_address(url, field="url", example="https://www.normattiva.it/")
