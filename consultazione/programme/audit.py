"""What programmes, interventions and their money must say by the log; it counts in cents."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from consultazione.core.audit import (
    AT,
    FORGET,
    OF_STREAM,
    Audit,
    Folded,
    Is,
    Past,
    Said,
    adds,
    details,
    does,
    drops,
    pairs,
    register,
    sets,
)
from consultazione.core.clock import in_rome
from consultazione.programme.events import (
    EARMARK_DETAILS,
    FUND_DETAILS,
    INDICATOR_DETAILS,
    INTERVENTION_DETAILS,
    RESOURCE_DETAILS,
)
from consultazione.programme.kinds import ProgrammeState
from consultazione.programme.models import (
    AnnualProgramme,
    Correction,
    Earmark,
    Fund,
    FundAmount,
    Indicator,
    Intervention,
    InterventionBody,
    InterventionPriority,
    Resource,
    Share,
)


def amount(name: str) -> Any:
    """A whole number of hundredths as a decimal number."""

    def read(entry: Past, _said: Said) -> Decimal | None:
        value = entry.data[name]
        return None if value is None else Decimal(value) / 100

    return read


def _day(entry: Past, _said: Said) -> object:
    return in_rome(entry.at).date()


_PROGRAMME = {"id": "programme_id"}
PROGRAMME = Audit(
    AnnualProgramme,
    adds(
        "programme.opened",
        **_PROGRAMME,
        cycle_id="cycle_id",
        year="year",
        state=Is(ProgrammeState.DRAFT),
        act_id=Is(None),
        opened_at=AT,
    ),
    sets("programme.approved", **_PROGRAMME, state=Is(ProgrammeState.APPROVED), act_id="act_id"),
)
CORRECTION = Audit(
    Correction,
    adds(
        "programme.corrected",
        id="correction_id",
        programme_id="programme_id",
        intervention_id="intervention_id",
        reason="reason",
        corrected_on=_day,
    ),
)
FUND = Audit(
    Fund, adds("fund.registered", id="fund_id", zone_id=OF_STREAM, **details(FUND_DETAILS))
)
EARMARK = Audit(
    Earmark,
    adds(
        "earmark.set",
        id="earmark_id",
        fund_id="fund_id",
        percent=amount("hundredths"),
        level="level",
        area="area",
        policy="policy",
        **details(EARMARK_DETAILS),
    ),
    drops("earmark.lifted", id="earmark_id"),
)


def _is_known(entry: Past) -> bool:
    return entry.data["cents"] is not None


def _is_unknown(entry: Past) -> bool:
    return entry.data["cents"] is None


_OF_FUND = {"programme_id": "programme_id", "fund_id": "fund_id"}
FUND_AMOUNT = Audit(
    FundAmount,
    adds("fund.amount_set", when=_is_known, **_OF_FUND, amount=amount("cents")),
    drops("fund.amount_set", when=_is_unknown, **_OF_FUND),
)
_INTERVENTION = {"id": "intervention_id"}
_SHEET = {
    "title": "title",
    "kind": "intervention_kind",
    "level": "level",
    "area": "area",
    "lead_body_id": "lead_body_id",
    "updated_at": AT,
    **details(INTERVENTION_DETAILS),
}
# What changes an intervention beside its sheet.
_TOUCHES = (
    "cost.shared", "indicator.added", "indicator.removed", "programme.corrected",
    "resource.added", "resource.removed",
)  # fmt: skip


def _total(_entry: Past, said: Said) -> object:
    return said.get("total", 0)


INTERVENTION = Audit(
    Intervention,
    adds(
        "intervention.added",
        **_INTERVENTION,
        **_SHEET,
        programme_id="programme_id",
        total=_total,
    ),
    sets("intervention.revised", **_INTERVENTION, **_SHEET),
    sets("cost.shared", **_INTERVENTION, total=amount("cents")),
    sets(_TOUCHES, **_INTERVENTION, updated_at=AT),
    # An import counts what was spent as a change, and whoever enters it by hand does not.
    sets("spending.recorded", **_INTERVENTION, updated_at=Is(FORGET)),
    drops("intervention.removed", **_INTERVENTION),
)
_SHEETS = ("intervention.added", "intervention.revised")
_GONE = drops("intervention.removed", intervention_id="intervention_id")
INVOLVED = pairs(
    InterventionBody,
    _GONE,
    owner="intervention_id",
    items="body_ids",
    kinds=_SHEETS,
    late="programme",
)
ANSWERED = pairs(
    InterventionPriority,
    _GONE,
    owner="intervention_id",
    items="priority_ids",
    kinds=_SHEETS,
    late="programme",
)


def _shared(rows: Folded, entry: Past) -> None:
    """All shares of an intervention are made anew."""
    data, intervention_id = entry.data, entry.data["intervention_id"]
    for key in rows.named(intervention_id=intervention_id):
        rows.drop(key)
    activated = set(data["activated"])
    each = zip(data["body_ids"], data["fund_ids"], data["share_cents"], strict=True)
    for place, (body_id, fund_id, cents) in enumerate(each, start=1):
        key = (intervention_id, body_id, fund_id, place in activated)
        spent = FORGET if intervention_id in rows.memory else None
        rows.say(
            key, entry, amount=Decimal(cents) / 100, spent=spent, programme_id=OF_STREAM(entry, {})
        )


def _spent(rows: Folded, entry: Past) -> None:
    """What was spent is told by the numbers of the shares, which the log does not know here."""
    intervention_id = entry.data["intervention_id"]
    rows.memory[intervention_id] = True
    for key in rows.named(intervention_id=intervention_id):
        rows.say(key, entry, spent=FORGET)


SHARE = Audit(
    Share,
    does("cost.shared", _shared, amount=amount("cents"), spent=Is(None), programme_id=OF_STREAM),
    does("spending.recorded", _spent),
    drops("intervention.removed", intervention_id="intervention_id"),
    key=("intervention_id", "body_id", "fund_id", "activated_by_consultation"),
)


def _spent_of(rows: Folded, entry: Past) -> None:
    _shares_gone(rows, entry)
    data = entry.data
    for share_id, cents in zip(data["share_ids"], data["spent_cents"], strict=True):
        rows.memory.setdefault(data["intervention_id"], []).append(share_id)
        rows.say((share_id,), entry, spent=Decimal(cents) / 100)


def _shares_gone(rows: Folded, entry: Past) -> None:
    for share_id in rows.memory.pop(entry.data["intervention_id"], ()):
        rows.drop((share_id,))


SPENDING = Audit(
    Share,
    does("spending.recorded", _spent_of, spent=Is(None)),
    does(("cost.shared", "intervention.removed"), _shares_gone),
    begun=False,
)
RESOURCE = Audit(
    Resource,
    adds(
        "resource.added",
        id="resource_id",
        intervention_id="intervention_id",
        kind="resource_kind",
        quantity=amount("hundredths"),
        **details(RESOURCE_DETAILS),
    ),
    drops("resource.removed", id="resource_id"),
    drops("intervention.removed", intervention_id="intervention_id"),
)
INDICATOR = Audit(
    Indicator,
    adds(
        "indicator.added",
        id="indicator_id",
        intervention_id="intervention_id",
        target=amount("hundredths"),
        measured=Is(None),
        measured_on=Is(None),
        evidence=Is(None),
        **details(INDICATOR_DETAILS),
    ),
    sets(
        "indicator.measured",
        id="indicator_id",
        measured=amount("hundredths"),
        measured_on="on_day",
        evidence="evidence",
    ),
    drops("indicator.removed", id="indicator_id"),
    drops("intervention.removed", intervention_id="intervention_id"),
)

register(
    "programme",
    audits=(
        PROGRAMME, CORRECTION, FUND_AMOUNT, INTERVENTION, SHARE, SPENDING, RESOURCE, INDICATOR,
        INVOLVED, ANSWERED,
    ),
    apart=True,
)  # fmt: skip
register("zone", audits=(FUND, EARMARK), apart=True)
