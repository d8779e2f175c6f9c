"""The memory of a file: documents of past cycles, priorities across cycles, promises."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from consultazione.core.incoming.uploads import store
from consultazione.documents.reading import pages_of
from consultazione.importing.context import Context
from consultazione.importing.faults import Fault, located
from consultazione.importing.memory.items import (
    ArchiveItem,
    PastCycleItem,
    PriorityLinkItem,
    PromiseItem,
)
from consultazione.memory.commands.archive import ReadFile, record_archive_document
from consultazione.memory.commands.assessing import assess_promise, comment_on_assessment
from consultazione.memory.commands.linking import link_priority
from consultazione.memory.commands.past import add_past_cycle, record_past_priority
from consultazione.memory.models import Assessment
from consultazione.memory.queries import cycle_of_years
from consultazione.outcomes.models import OutcomeItem
from consultazione.zones.models import Chapter, Cycle
from consultazione.zones.queries import cycles, priorities

# Delegates comment one a day, from the day after the assessment.
_DAY = timedelta(days=1)


def load_past_cycle(context: Context, item: PastCycleItem) -> None:
    """Add a cycle of before the platform, with the priorities that it had."""
    cycle = add_past_cycle(
        context.tx, zone_id=context.zone.id, first_year=item["start"], last_year=item["end"]
    )
    for number, priority in enumerate(item["priorities"]):
        with located(("priorities", number)):
            record_past_priority(context.tx, cycle_id=cycle.id, **priority)


def load_archive_document(context: Context, item: ArchiveItem) -> None:
    """Enter a document of past years in the archive, with its file if it has one."""
    record_archive_document(
        context.tx,
        zone_id=context.zone.id,
        first_year=item["first_year"],
        last_year=item["last_year"],
        title=item["title"],
        kind=item["kind"],
        body=item["body"],
        source=item["source"],
        found_at=item["found_at"],
        on_day=item["on_day"],
        file=_file(context, item),
        demo=item["demo"],
    )


def load_priority_link(context: Context, item: PriorityLinkItem) -> None:
    """Say what became of a priority from one cycle to a later one."""
    if item["if_there"] and not _has_cycle(context, item["earlier_cycle"]):
        return
    cycle = _cycle(context, item["cycle"], "cycle")
    earlier = _cycle(context, item["earlier_cycle"], "earlier_cycle")
    link_priority(
        context.tx,
        cycle_id=cycle.id,
        earlier_cycle_id=earlier.id,
        kind=item["kind"],
        priority_id=_priority_id(context, cycle, item["priority"], "priority"),
        earlier_id=_priority_id(context, earlier, item["earlier"], "earlier"),
        note=item["note"],
        demo=item["demo"],
    )


def load_promise(context: Context, item: PromiseItem) -> None:
    """Say whether what a cycle had promised was done, and what delegates said of that."""
    cycle = _cycle(context, item["cycle"], "cycle")
    with context.office_on(item["assessed_on"], item["by"]):
        assessment = assess_promise(
            context.tx,
            fulfilment=item["fulfilment"],
            evidence=item["evidence"],
            source=item["source"],
            priority_id=_priority_id(context, cycle, item["priority"], "priority"),
            item_id=_conclusion_id(context, cycle, item["conclusion"]),
            demo=item["demo"],
        )
    for number, comment in enumerate(item["comments"]):
        at = min(assessment.assessed_at + (number + 1) * _DAY, context.tx.now)
        with located(("comments", number)), context.acting_as(comment["author"], "author", at):
            _comment(context, assessment, comment["body"])


def _file(context: Context, item: ArchiveItem) -> ReadFile | None:
    """The file, stored, with its pages; a text of the file is short enough to be one page."""
    name, text, content = item["file_name"], item["text"], item["content"]
    if name is None:
        return None
    stored = store(context.uploads_dir, name, content or (text or "").encode())
    return ReadFile(stored, [text] if text else pages_of(content or b"", stored.media_type))


def _comment(context: Context, assessment: Assessment, body: str) -> None:
    comment_on_assessment(context.tx, assessment_id=assessment.id, body=body, demo=assessment.demo)


def _cycle(context: Context, years: str | None, at: str) -> Cycle:
    """A cycle of the zone; None for the document's own."""
    if years is None:
        return context.cycle
    with located((at,)):
        return cycle_of_years(context.tx.session, context.zone.id, years)


def _has_cycle(context: Context, years: str) -> bool:
    return years in {one.years for one in cycles(context.tx.session, context.zone.id)}


def _priority_id(context: Context, cycle: Cycle, title: str | None, at: str) -> int | None:
    if title is None:
        return None
    ids = {row.title: row.id for row in priorities(context.tx.session, cycle.id)}
    return context.lookup(ids, title, at)


def _conclusion_id(context: Context, cycle: Cycle, body: str | None) -> int | None:
    """The conclusion of a closed outcome that has these words."""
    if body is None:
        return None
    query = (
        select(OutcomeItem.id)
        .join(Chapter, Chapter.id == OutcomeItem.chapter_id)
        .where(Chapter.cycle_id == cycle.id, OutcomeItem.body == body)
        .limit(1)
    )
    found = context.tx.session.scalar(query)
    if found is None:
        reason = f"no conclusion of {cycle.years} has these words: write them as its outcome does"
        raise Fault(("conclusion",), reason)
    return found
