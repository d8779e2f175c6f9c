"""What acts, approvals and signatories must say by the zone's stream."""

from __future__ import annotations

from consultazione.core.audit import (
    AT,
    ITEM,
    OF_STREAM,
    Audit,
    Is,
    adds,
    adds_each,
    details,
    drops,
    each_detail,
    foretells,
    if_said,
    one_after,
    register,
    sets,
    sets_each,
)
from consultazione.zones.acts.events import (
    APPROVAL_DETAILS,
    CORRECTED_DETAILS,
    SIGNATORY_DETAILS,
)
from consultazione.zones.acts.models import ActVersion, ApprovalStep, Signatory
from consultazione.zones.events import ACT_DETAILS
from consultazione.zones.models import Act

_ACT = {"id": "act_id"}
ACT = Audit(
    Act,
    adds(
        "act.recorded",
        **_ACT,
        zone_id=OF_STREAM,
        cycle_id=if_said("cycle_id"),
        kind="act_kind",
        on_day="on_day",
        version=Is(1),
        **details(ACT_DETAILS),
    ),
    sets("act.corrected", **_ACT, version=one_after("version"), **details(CORRECTED_DETAILS)),
    partly=True,
)
ACT_VERSION = Audit(
    ActVersion,
    adds("act.corrected", act_id="act_id", version="version", reason="reason", replaced_at=AT),
    foretells(
        "act.recorded",
        act_id="act_id",
        version=Is(1),
        kind="act_kind",
        on_day="on_day",
        **details(ACT_DETAILS),
    ),
    foretells(
        "act.corrected", act_id="act_id", version=one_after("version"), **details(CORRECTED_DETAILS)
    ),
    key=("act_id", "version"),
)
APPROVAL = Audit(
    ApprovalStep,
    adds(
        "approval.recorded",
        id="step_id",
        act_id="act_id",
        session_day="session_day",
        **details(APPROVAL_DETAILS),
    ),
    drops("approval.removed", id="step_id"),
)
SIGNATORY = Audit(
    Signatory,
    adds_each(
        "agreement.signatories_named",
        "signatory_ids",
        id=ITEM,
        act_id="act_id",
        kind="signatory_kind",
        signed_on=Is(None),
        **each_detail(SIGNATORY_DETAILS, "details"),
    ),
    drops("agreement.signatory_removed", id="signatory_id"),
    sets_each("agreement.signed", "signatory_ids", id=ITEM, signed_on="signed_on"),
    sets("agreement.signature_removed", id="signatory_id", signed_on=Is(None)),
)

register("zone", audits=(ACT, ACT_VERSION, APPROVAL, SIGNATORY), apart=True)
