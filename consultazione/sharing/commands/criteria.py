"""The criteria of a cycle, each with its versions."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, require
from consultazione.sharing.criteria import CriterionKind, check_percentages
from consultazione.sharing.events import CRITERION_DETAILS, CriterionWritten, sharing_stream
from consultazione.sharing.models import CriterionVersion, SharingCriterion
from consultazione.sharing.queries import get_criterion
from consultazione.zones.locking import locked_cycle

Percentages = Mapping[CriterionKind, Decimal]


def write_criterion(
    tx: Transaction,
    *,
    cycle_id: int,
    name: str,
    kind: CriterionKind,
    figures_year: int,
    percentages: Percentages | None = None,
    parts: Mapping[int, int] | None = None,
) -> SharingCriterion:
    """Write a criterion of a cycle, and return it.

    NotFound if there is no such cycle; Invalid on `name`, `parts`, `percentages` or
    `percentage_<basis>`.
    """
    cycle = locked_cycle(tx, cycle_id)
    require(tx.actor, Permission.WRITE_CRITERION, zone_id=cycle.zone_id)
    criterion = SharingCriterion(cycle_id=cycle.id, zone_id=cycle.zone_id, written_at=tx.now)
    criterion.versions = []
    tx.session.add(criterion)
    tx.flush()
    _add_version(tx, criterion, name, kind, figures_year, percentages, parts, reason="")
    return criterion


def rewrite_criterion(
    tx: Transaction,
    *,
    criterion_id: int,
    name: str,
    kind: CriterionKind,
    figures_year: int,
    reason: str,
    percentages: Percentages | None = None,
    parts: Mapping[int, int] | None = None,
) -> SharingCriterion:
    """Let a criterion say something else from now on; earlier versions stay readable.

    The shares of all items that follow it change; stored what-ifs do not. NotFound if there is
    no such criterion; Invalid as for a new one, and on `reason` if it is empty.
    """
    criterion = get_criterion(tx.session, criterion_id)
    locked_cycle(tx, criterion.cycle_id)
    require(tx.actor, Permission.REWRITE_CRITERION, zone_id=criterion.zone_id)
    tx.session.refresh(criterion)
    if not reason.strip():
        raise Invalid.at("reason", _("Write why the criterion changes."))
    _add_version(tx, criterion, name, kind, figures_year, percentages, parts, reason=reason)
    return criterion


def _add_version(
    tx: Transaction,
    criterion: SharingCriterion,
    name: str,
    kind: CriterionKind,
    figures_year: int,
    percentages: Percentages | None,
    parts: Mapping[int, int] | None,
    *,
    reason: str,
) -> None:
    if not name.strip():
        raise Invalid.at("name", _("Write a name for the criterion."))
    row = CriterionVersion(
        criterion_id=criterion.id,
        version=criterion.current.version + 1 if criterion.versions else 1,
        name=name,
        kind=kind,
        figures_year=figures_year,
        percentages=_percentages(kind, percentages or {}),
        parts=_parts(kind, percentages or {}, parts or {}),
        reason=reason,
        written_at=tx.now,
    )
    criterion.versions.insert(0, row)
    tx.flush()
    tx.record(
        sharing_stream(criterion.cycle_id),
        CriterionWritten(
            criterion_id=criterion.id,
            version=row.version,
            basis=kind,
            figures_year=figures_year,
            title=FreeText(name),
            reason=FreeText(reason),
            details=CRITERION_DETAILS.of(row),
        ),
    )


def _percentages(kind: CriterionKind, percentages: Percentages) -> dict[str, str]:
    if kind is not CriterionKind.MIXED:
        return {}
    check_percentages(percentages)
    return {basis.value: str(percentage) for basis, percentage in percentages.items()}


def _parts(
    kind: CriterionKind, percentages: Percentages, parts: Mapping[int, int]
) -> dict[str, int]:
    """The fixed parts of a criterion that counts them; Invalid on `parts` if they make nothing."""
    if kind is not CriterionKind.FIXED and not percentages.get(CriterionKind.FIXED):
        return {}
    if not any(parts.values()) or min(parts.values()) < 0:
        sentence = _("Give at least one municipality a fixed part above zero.")
        raise Invalid.at("parts", sentence)
    return {str(body): part for body, part in parts.items()}
