"""What an intervention needs beside money, and the indicators that show its success."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid, NotFound
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission
from consultazione.programme.amounts import checked_amount, hundredths
from consultazione.programme.events import (
    INDICATOR_DETAILS,
    RESOURCE_DETAILS,
    IndicatorAdded,
    IndicatorMeasured,
    IndicatorRemoved,
    ResourceAdded,
    ResourceRemoved,
    programme_stream,
)
from consultazione.programme.kinds import ResourceKind
from consultazione.programme.locking import (
    changed_intervention,
    draft_intervention,
    intervention_in_turn,
)
from consultazione.programme.models import Indicator, Resource

_NOTHING = Decimal(0)


def add_resource(
    tx: Transaction,
    *,
    intervention_id: int,
    resource_kind: ResourceKind,
    description: str,
    quantity: Decimal,
    unit: str,
    activated_by_consultation: bool = False,
    reason: str = "",
) -> Resource:
    """Enter places, things or people that an intervention needs, and return them.

    NotFound if there is no such intervention; Invalid on `resource_kind` for money, which the
    shares hold; on `quantity` unless it is above 0; on `reason` as for every correction.
    """
    intervention = changed_intervention(tx, intervention_id, Permission.ADD_RESOURCE, reason)
    if resource_kind is ResourceKind.FINANCIAL:
        raise Invalid.at("resource_kind", _("Enter money as shares of the cost."))
    resource = Resource(
        intervention_id=intervention.id,
        kind=resource_kind,
        description=description,
        quantity=checked_amount(quantity, "quantity"),
        unit=unit,
        activated_by_consultation=activated_by_consultation,
    )
    tx.session.add(resource)
    tx.flush()
    tx.record(
        programme_stream(intervention.programme_id),
        ResourceAdded(
            resource_id=resource.id,
            intervention_id=intervention.id,
            resource_kind=resource.kind,
            hundredths=hundredths(resource.quantity),
            details=RESOURCE_DETAILS.of(resource),
        ),
    )
    return resource


def remove_resource(tx: Transaction, *, resource_id: int) -> int:
    """Take a resource out of a draft programme; returns its intervention's id.

    NotFound if there is no such resource; Conflict if the programme is approved.
    """
    resource = tx.session.get(Resource, resource_id)
    if resource is None:
        raise NotFound(_("There is no such resource."))
    intervention = draft_intervention(tx, resource.intervention_id, Permission.REMOVE_RESOURCE)
    tx.session.refresh(resource)
    tx.session.delete(resource)
    tx.record(
        programme_stream(intervention.programme_id),
        ResourceRemoved(resource_id=resource_id, intervention_id=intervention.id),
    )
    return intervention.id


def add_indicator(
    tx: Transaction,
    *,
    intervention_id: int,
    name: str,
    unit: str,
    target: Decimal,
    source: str,
    responsible: str,
    reason: str = "",
) -> Indicator:
    """Enter an indicator of an intervention with its target, and return it.

    source: where its measure will come from; responsible: the office or role that measures.
    NotFound if there is no such intervention; Invalid on `target` if it is negative or has a
    third decimal; on `reason` as for every correction.
    """
    intervention = changed_intervention(tx, intervention_id, Permission.ADD_INDICATOR, reason)
    indicator = Indicator(
        intervention_id=intervention.id,
        name=name,
        unit=unit,
        target=checked_amount(target, "target", least=_NOTHING),
        source=source,
        responsible=responsible,
    )
    tx.session.add(indicator)
    tx.flush()
    tx.record(
        programme_stream(intervention.programme_id),
        IndicatorAdded(
            indicator_id=indicator.id,
            intervention_id=intervention.id,
            hundredths=hundredths(indicator.target),
            details=INDICATOR_DETAILS.of(indicator),
        ),
    )
    return indicator


def remove_indicator(tx: Transaction, *, indicator_id: int) -> int:
    """Take an indicator out of a draft programme; returns its intervention's id.

    NotFound if there is no such indicator; Conflict if the programme is approved.
    """
    indicator = _indicator(tx, indicator_id)
    intervention = draft_intervention(tx, indicator.intervention_id, Permission.REMOVE_INDICATOR)
    tx.session.refresh(indicator)
    tx.session.delete(indicator)
    tx.record(
        programme_stream(intervention.programme_id),
        IndicatorRemoved(indicator_id=indicator_id, intervention_id=intervention.id),
    )
    return intervention.id


def measure_indicator(
    tx: Transaction, *, indicator_id: int, measured: Decimal, on_day: date, evidence: str
) -> Indicator:
    """Enter what the yearly review has measured, on which day, and by what evidence.

    NotFound if there is no such indicator; Invalid on `measured` if it is negative or has a
    third decimal, on `on_day` if that is to come, on `evidence` if there is none.
    """
    indicator = _indicator(tx, indicator_id)
    intervention = intervention_in_turn(tx, indicator.intervention_id, Permission.MEASURE_INDICATOR)
    if on_day > tx.today:
        raise Invalid.at("on_day", _("Choose the day of the measurement: it cannot be to come."))
    if not evidence.strip():
        raise Invalid.at("evidence", _("Write by what evidence this was measured."))
    indicator.measured = checked_amount(measured, "measured", least=_NOTHING)
    indicator.measured_on, indicator.evidence = on_day, evidence
    tx.record(
        programme_stream(intervention.programme_id),
        IndicatorMeasured(
            indicator_id=indicator.id,
            intervention_id=intervention.id,
            hundredths=hundredths(measured),
            on_day=on_day,
            evidence=FreeText(evidence),
        ),
    )
    return indicator


def _indicator(tx: Transaction, indicator_id: int) -> Indicator:
    indicator = tx.session.get(Indicator, indicator_id)
    if indicator is None:
        raise NotFound(_("There is no such indicator."))
    return indicator
