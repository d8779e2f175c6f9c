"""What the archive, links between priorities and assessments must say by the zone's memory."""

from __future__ import annotations

from consultazione.core.audit import (
    ACTOR,
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
    owners,
    register,
    sets,
)
from consultazione.memory.events import DOCUMENT_DETAILS, PAST_PRIORITY_DETAILS
from consultazione.memory.models import (
    ArchiveDocument,
    Assessment,
    AssessmentComment,
    PriorityLink,
)
from consultazione.zones.events import PRIORITY_DETAILS
from consultazione.zones.models import Priority

_BEGIN = ("zone.set_up", "cycle.opened")
PRIORITY = Audit(
    Priority,
    adds_each(
        _BEGIN,
        "priority_ids",
        id=ITEM,
        cycle_id="cycle_id",
        zone_id=OF_STREAM,
        **each_detail(PRIORITY_DETAILS, "priorities"),
    ),
    adds(
        "past_priority.recorded",
        id="priority_id",
        cycle_id="cycle_id",
        zone_id=OF_STREAM,
        title="title",
        **details(PAST_PRIORITY_DETAILS),
    ),
    begun=False,  # Of those of before, the entry of their cycle says nothing.
    told=Priority.cycle_id.in_(owners("zone", "cycle_id", "priority_ids", _BEGIN)),
)
_DOCUMENT = {"id": "document_id"}
DOCUMENT = Audit(
    ArchiveDocument,
    adds(
        "archive_document.recorded",
        **_DOCUMENT,
        zone_id=OF_STREAM,
        kind="document_kind",
        first_year="first_year",
        last_year="last_year",
        title="title",
        sha256="sha256",
        recorded_at=AT,
        **details(DOCUMENT_DETAILS),
    ),
    sets("archive_document.file_added", **_DOCUMENT, sha256="sha256"),
    drops("archive_document.removed", **_DOCUMENT),
)
LINK = Audit(
    PriorityLink,
    adds(
        "priority.linked",
        id="link_id",
        zone_id=OF_STREAM,
        cycle_id="cycle_id",
        earlier_cycle_id="earlier_cycle_id",
        priority_id="priority_id",
        earlier_id="earlier_id",
        kind="link_kind",
        note="note",
        linked_at=AT,
    ),
    drops("priority.unlinked", id="link_id"),
)
ASSESSMENT = Audit(
    Assessment,
    adds(
        "promise.assessed",
        id="assessment_id",
        zone_id=OF_STREAM,
        cycle_id="cycle_id",
        priority_id="priority_id",
        item_id="item_id",
        fulfilment="fulfilment",
        evidence="evidence",
        source="source",
        assessed_at=AT,
    ),
)
COMMENT = Audit(
    AssessmentComment,
    adds(
        "promise.commented",
        id="comment_id",
        assessment_id="assessment_id",
        author_id=ACTOR,
        mandate_id="mandate_id",
        body="body",
        at=AT,
        hidden_at=Is(None),
        hidden_reason=Is(None),
    ),
    sets("promise.comment_hidden", id="comment_id", hidden_at=AT, hidden_reason="reason"),
)

register("memory", audits=(DOCUMENT, LINK, ASSESSMENT, COMMENT), apart=True)
register("zone", "memory", audits=(PRIORITY,), apart=True)
