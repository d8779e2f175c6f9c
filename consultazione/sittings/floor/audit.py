"""What hands, the list of speakers and applause must say by the sitting's stream."""

from __future__ import annotations

from consultazione.core.audit import (
    AT,
    OF_STREAM,
    Audit,
    Is,
    adds,
    register,
    sets,
)
from consultazione.core.log import EPHEMERAL_FROM
from consultazione.sittings.audit import if_known
from consultazione.sittings.floor.models import (
    Hand,
    HandState,
    QuotaScope,
    SpeakersList,
    SpeakingOrder,
)

_HAND = {"id": "hand_id"}
HAND = Audit(
    Hand,
    adds(
        "hand.raised",
        **_HAND,
        sitting_id=OF_STREAM,
        point_id="point_id",
        person_id="person_id",
        mandate_id="mandate_id",
        category="category",
        kind="hand_kind",
        reply_to="reply_to",
        state=Is(HandState.RAISED),
        raised_at=AT,
        floor_from=Is(None),
        floor_to=Is(None),
        allotted=Is(None),
        spoken=Is(None),
    ),
    sets("hand.withdrawn", **_HAND, state=Is(HandState.WITHDRAWN)),
    sets("hand.lapsed", **_HAND, state=Is(HandState.LAPSED)),
    sets(
        "floor.given",
        **_HAND,
        point_id="point_id",
        state=Is(HandState.SPEAKING),
        floor_from=AT,
        allotted="seconds",
    ),
    sets("floor.extended", **_HAND, allotted="seconds"),
    sets(
        "floor.ended",
        **_HAND,
        state=Is(HandState.DONE),
        floor_to=AT,
        spoken=if_known("seconds"),
    ),
    only=Hand.sitting_id < EPHEMERAL_FROM,
)
_LIST = {"sitting_id": OF_STREAM}
SPEAKERS = Audit(
    SpeakersList,
    sets("speakers.order_chosen", **_LIST, ordering="ordering", placed="placed"),
    sets("speakers.placed", **_LIST, ordering=Is(SpeakingOrder.BY_HAND), placed="placed"),
    sets("speakers.time_limited", **_LIST, seconds="seconds"),
    sets("speakers.quotas_set", **_LIST, quotas="quotas", quota_scope="quota_scope"),
    only=SpeakersList.sitting_id < EPHEMERAL_FROM,
    begun=False,
    untold={
        "ordering": SpeakingOrder.FIRST_COME,
        "placed": [],
        "seconds": None,
        "quotas": {},
        "quota_scope": QuotaScope.SITTING,
    },
)

register("sitting", audits=(HAND, SPEAKERS), apart=True)
