"""The signatories of a programme agreement: naming them, and recording who signed when."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid
from consultazione.core.incoming.lists import lines_of
from consultazione.core.permissions import Permission
from consultazione.zones.acts.events import (
    SIGNATORY_DETAILS,
    SignatoriesNamed,
    SignatoryRemoved,
    SignatureRemoved,
    SignaturesRecorded,
)
from consultazione.zones.acts.locking import locked_act, signatory_of_act
from consultazione.zones.acts.models import Signatory, SignatoryKind
from consultazione.zones.events import zone_stream
from consultazione.zones.models import AGREEMENTS, Act


def name_signatories(
    tx: Transaction, *, act_id: int, kind: SignatoryKind, names: str, demo: bool = False
) -> list[Signatory]:
    """Name bodies that sign an agreement or join it, one a line, and return them.

    Locks the act FOR UPDATE. NotFound if there is no such act; Conflict if it is no agreement;
    Invalid on `names` for a line that is too long, too many lines, or a body named before.
    """
    act = _locked_agreement(tx, act_id, Permission.NAME_SIGNATORIES)
    lines = _lines(names)
    _refuse_doubles(tx, act, lines)
    named = [Signatory(act_id=act.id, kind=kind, name=name, demo=demo) for name in lines]
    tx.session.add_all(named)
    tx.flush()
    ids = [one.id for one in named]
    tx.record(
        zone_stream(act.zone_id),
        SignatoriesNamed(
            act_id=act.id,
            signatory_ids=ids,
            signatory_kind=kind,
            details=SIGNATORY_DETAILS.of_all(named),
        ),
    )
    return named


def record_signatures(
    tx: Transaction, *, act_id: int, signatory_ids: Collection[int], signed_on: date
) -> list[Signatory]:
    """Record that some bodies signed an agreement on one day, and return them.

    Locks the act FOR UPDATE. NotFound if there is no such act; Invalid if the day is still to
    come, or one of them is no signatory of this agreement or has signed.
    """
    act = _locked_agreement(tx, act_id, Permission.RECORD_SIGNATURES)
    if signed_on > tx.today:
        raise Invalid.at("signed_on", _("This day is still to come: record it once it is over."))
    wanted = set(signatory_ids)
    query = select(Signatory).where(
        Signatory.act_id == act.id, Signatory.id.in_(wanted), Signatory.signed_on.is_(None)
    )
    found = list(tx.session.scalars(query.order_by(Signatory.id)))
    if not wanted or len(found) < len(wanted):
        raise Invalid.at("signatory_ids", _("Choose bodies that have not signed yet."))
    for signatory in found:
        signatory.signed_on = signed_on
    ids = [one.id for one in found]
    tx.record(
        zone_stream(act.zone_id),
        SignaturesRecorded(act_id=act.id, signatory_ids=ids, signed_on=signed_on),
    )
    return found


def strike_signature(tx: Transaction, *, signatory_id: int) -> Act:
    """Take out a signature that was recorded by mistake, and return the act; the log keeps it.

    NotFound if there is no such signatory; Conflict if it has not signed.
    """
    signatory, act = signatory_of_act(tx, signatory_id, Permission.STRIKE_SIGNATURE)
    if signatory.signed_on is None:
        raise Conflict(_("This body has not signed."))
    signatory.signed_on = None
    tx.record(zone_stream(act.zone_id), SignatureRemoved(act_id=act.id, signatory_id=signatory.id))
    return act


def remove_signatory(tx: Transaction, *, signatory_id: int) -> Act:
    """Remove a body that was named by mistake, and return the act; the log keeps it.

    NotFound if there is no such signatory; Conflict if it has signed.
    """
    signatory, act = signatory_of_act(tx, signatory_id, Permission.REMOVE_SIGNATORY)
    if signatory.signed_on is not None:
        raise Conflict(_("This body has signed: take its signature out first."))
    tx.session.delete(signatory)
    tx.record(zone_stream(act.zone_id), SignatoryRemoved(act_id=act.id, signatory_id=signatory_id))
    return act


def _locked_agreement(tx: Transaction, act_id: int, permission: Permission) -> Act:
    act = locked_act(tx, act_id, permission)
    if act.kind not in AGREEMENTS:
        raise Conflict(_("Only an agreement has signatories."))
    return act


def _lines(names: str) -> list[str]:
    lines = lines_of(names, "names")
    if not lines:
        raise Invalid.at("names", _("Write one body on each line."))
    return lines


def _refuse_doubles(tx: Transaction, act: Act, lines: list[str]) -> None:
    query = select(Signatory.name).where(Signatory.act_id == act.id, Signatory.name.in_(lines))
    if double := tx.session.scalar(query.limit(1)):
        raise Invalid.at("names", _("%(name)s is named already: take the line out.", name=double))
