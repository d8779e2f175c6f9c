"""Correcting an act of the register: what it said before stays readable."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission
from consultazione.core.revisions import require_latest
from consultazione.zones.acts.address import read_act_address
from consultazione.zones.acts.events import CORRECTED_DETAILS, ActCorrected
from consultazione.zones.acts.locking import locked_act
from consultazione.zones.acts.models import ActVersion
from consultazione.zones.acts.queries import board
from consultazione.zones.events import zone_stream
from consultazione.zones.models import AGREEMENTS, Act, ActKind
from consultazione.zones.phases.moved import require_fit

_FIELDS = ("kind", "title", "number", "on_day", "body", "source", "url")


def correct_act(
    tx: Transaction,
    *,
    act_id: int,
    version: int,
    reason: str,
    kind: ActKind,
    title: str,
    on_day: date,
    body: str,
    source: str,
    number: str | None = None,
    url: str | None = None,
) -> Act:
    """Correct what the register says of an act, for a reason that everybody can read.

    version: the one that was read. Locks the act FOR UPDATE. NotFound if there is no such act;
    Conflict if somebody has corrected it since; Invalid if nothing changes, if the address is
    none, on `kind` if bodies sign it and it would be no agreement, and on `kind` or `on_day` if
    it could not have moved a phase that it did move.
    """
    act = locked_act(tx, act_id, Permission.CORRECT_ACT)
    before = {name: getattr(act, name) for name in _FIELDS}
    require_latest(read=version, version=act.version, now=before)
    after = {
        "kind": kind, "title": title, "number": number or None, "on_day": on_day, "body": body,
        "source": source, "url": read_act_address(url),
    }  # fmt: skip
    _check(tx, act, before, after)
    tx.session.add(
        ActVersion(act_id=act.id, version=version, reason=reason, replaced_at=tx.now, **before)
    )
    for name, value in after.items():
        setattr(act, name, value)
    act.version += 1
    tx.record(
        zone_stream(act.zone_id),
        ActCorrected(
            act_id=act.id,
            version=version,
            reason=FreeText(reason),
            details=CORRECTED_DETAILS.of(act),
        ),
    )
    return act


def _check(tx: Transaction, act: Act, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    if before == after:
        raise Invalid.at("title", _("Nothing differs from what the register says already."))
    signed = board(tx.session, act.id)
    if after["kind"] not in AGREEMENTS and (signed.subscribers or signed.adherents):
        raise Invalid.at("kind", _("Bodies sign this act: it can only be an agreement."))
    require_fit(tx.session, act, kind=after["kind"], on_day=after["on_day"])
