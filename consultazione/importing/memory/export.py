"""The memory of a zone as its file has it: archive, priorities across cycles, promises."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

from sqlalchemy.orm import Session

from consultazione.core.incoming.uploads import path_of
from consultazione.importing.export.values import Item, without_empty
from consultazione.memory.models import ArchiveDocument, Assessment, PriorityLink
from consultazione.memory.promises import promised_priorities
from consultazione.memory.queries import documents, links_between
from consultazione.zones.models import Cycle
from consultazione.zones.queries import cycles


def archive_items(session: Session, zone_id: int, uploads_dir: Path) -> list[Item]:
    """The documents of past years, with their files. uploads_dir: where these lie."""
    return [_document(row, uploads_dir) for row in documents(session, zone_id)]


def priority_link_items(session: Session, cycle: Cycle) -> list[Item]:
    """What became in a cycle of the priorities of those before it."""
    before = [one for one in cycles(session, cycle.zone_id) if one.first_year < cycle.first_year]
    return [
        _link(row, earlier)
        for earlier in reversed(before)
        for row in links_between(session, cycle.id, earlier.id)
    ]


def promise_items(session: Session, cycle_id: int) -> list[Item]:
    """What became of the priorities of a cycle; conclusions and comments are left out."""
    rows = promised_priorities(session, cycle_id)
    return [_promise(row.title, row.assessment) for row in rows if row.assessment]


def _document(row: ArchiveDocument, uploads_dir: Path) -> Item:
    path = path_of(uploads_dir, row.sha256) if row.sha256 else None
    kept = path is not None and path.exists()
    return without_empty(
        {
            "title": row.title,
            "kind": row.kind.value,
            "first_year": row.first_year,
            "last_year": row.last_year,
            "body": row.body,
            "source": row.source,
            "found_at": row.found_at,
            "on_day": row.on_day,
            "file_name": row.file_name if kept else None,
            "content": b64encode(path.read_bytes()).decode() if path and kept else None,
            "demo": row.demo,
        }
    )


def _link(row: PriorityLink, earlier: Cycle) -> Item:
    return without_empty(
        {
            "kind": row.kind.value,
            "earlier_cycle": earlier.years,
            "earlier": row.earlier.title if row.earlier else None,
            "priority": row.priority.title if row.priority else None,
            "note": row.note,
            "demo": row.demo,
        }
    )


def _promise(title: str, row: Assessment) -> Item:
    return without_empty(
        {
            "priority": title,
            "fulfilment": row.fulfilment.value,
            "evidence": row.evidence,
            "source": row.source,
            "demo": row.demo,
        }
    )
