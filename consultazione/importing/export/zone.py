"""A zone as a file that can be imported: one document a cycle, the oldest first.

It holds the zone, its bodies and organisations, and of each cycle chapters, priorities, acts,
phases, tables, events, strategies, the money and the memory. Accounts are left out, and with them
mandates, roles and what people wrote or said: the file must not carry personal data, and a
password cannot be exported.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core.incoming.uploads import path_of
from consultazione.importing.export.path import act_item, gathering_items
from consultazione.importing.export.values import without_none
from consultazione.importing.memory.export import (
    archive_items,
    priority_link_items,
    promise_items,
)
from consultazione.importing.money.export import fund_items, programme_items
from consultazione.importing.sharing.export import (
    criterion_items,
    figure_items,
    shared_item_items,
)
from consultazione.importing.strategies.export import strategy_items
from consultazione.people.queries import organisations
from consultazione.tables.models import Seat, ThematicTable
from consultazione.tables.queries import tables
from consultazione.tables.rules import BUILT_IN, rule_of
from consultazione.zones.models import Chapter, Cycle, Phase, Priority, Zone
from consultazione.zones.queries import acts, bodies, chapters, cycles, phases, priorities


def zone_file(session: Session, zone_id: int, uploads_dir: Path) -> str:
    """The zone with that id, as YAML. uploads_dir: where its logo lies."""
    zone = session.get_one(Zone, zone_id)
    documents = [
        _document(session, zone, cycle, uploads_dir) for cycle in reversed(cycles(session, zone.id))
    ]
    return str(yaml.safe_dump_all(documents, allow_unicode=True, sort_keys=False, width=96))


def _document(session: Session, zone: Zone, cycle: Cycle, uploads_dir: Path) -> dict[str, object]:
    recorded, places = acts(session, cycle.id), tables(session, cycle.id)
    sections: dict[str, Sequence[Mapping[str, object]]] = {
        "bodies": [
            {"name": body.name, "kind": body.kind.value} for body in bodies(session, zone.id)
        ],
        "chapters": [_chapter(row) for row in chapters(session, cycle.id)],
        "priorities": [_priority(row) for row in priorities(session, cycle.id)],
        "acts": [without_none(act_item(session, row)) for row in recorded],
        "phases": [_phase(row) for row in phases(session, cycle.id)],
        "tables": [_table(row) for row in places],
        "gatherings": [dict(item) for item in gathering_items(session, cycle.id)],
        "strategies": strategy_items(session, cycle.id),
        "organisations": _organisations(session, zone.id, places),
        **_money_and_memory(session, zone, cycle, uploads_dir),
    }
    return {"zone": _zone(zone, cycle, uploads_dir), **sections}


def _money_and_memory(
    session: Session, zone: Zone, cycle: Cycle, uploads_dir: Path
) -> dict[str, list[Mapping[str, object]]]:
    """What a file may leave out; the archive stands in the document of the newest cycle."""
    newest = cycles(session, zone.id)[0].id == cycle.id
    programmes = programme_items(session, cycle.id)
    sections = {
        "funds": fund_items(session, zone.id) if programmes or newest else [],
        "programmes": programmes,
        "figures": figure_items(session, zone.id) if newest else [],
        "criteria": criterion_items(session, cycle.id),
        "shared_items": shared_item_items(session, cycle),
        "archive": archive_items(session, zone.id, uploads_dir) if newest else [],
        "priority_links": priority_link_items(session, cycle),
        "promises": promise_items(session, cycle.id),
    }
    return {name: items for name, items in sections.items() if items}


def _zone(zone: Zone, cycle: Cycle, uploads_dir: Path) -> dict[str, object]:
    contacts = {
        "email": zone.contact_email,
        "phone": zone.contact_phone,
        "address": zone.contact_address,
        "pec": zone.contact_pec,
        "hours": zone.contact_hours,
        "website": zone.website,
    }
    return without_none(
        {
            "slug": zone.slug,
            "name": zone.name,
            "kind": zone.kind.value,
            "lead_body": zone.lead_body,
            "cycle": {"start": cycle.first_year, "end": cycle.last_year},
            "sign_off_rule": zone.sign_off_rule.value,
            "without_quorum": zone.without_quorum.value,
            "sign_off_days": zone.sign_off_days,
            "four_eyes": zone.four_eyes,
            "correction_days": zone.correction_days,
            "approval_way": zone.approval_way.value,
            "chat_kept": zone.chat_kept,
            "presentation": zone.presentation,
            "colour": zone.colour.value,
            "logo": _logo(zone, uploads_dir),
            "contacts": without_none(contacts) or None,
            "privacy_url": zone.privacy_url,
            "accessibility_url": zone.accessibility_url,
            "frame_hosts": zone.frame_hosts.split() if zone.frame_hosts else None,
            "demo": zone.demo,
        }
    )


def _logo(zone: Zone, uploads_dir: Path) -> str | None:
    path = path_of(uploads_dir, zone.logo) if zone.logo else None
    return b64encode(path.read_bytes()).decode() if path and path.exists() else None


def _chapter(row: Chapter) -> dict[str, object]:
    return {"title": row.title, "description": row.description, "mandatory": row.mandatory}


def _priority(row: Priority) -> dict[str, object]:
    return without_none(
        {
            "title": row.title,
            "is_need": row.is_need,
            "source": row.source,
            "found_on": row.found_on,
        }
    )


def _phase(row: Phase) -> dict[str, object]:
    return without_none(
        {
            "kind": row.kind.value,
            "title": row.title,
            "description": row.description,
            "starts_on": row.starts_on,
            "closed_on": row.closed_on,
            "closing_act": f"act-{row.closing_act_id}" if row.closing_act_id else None,
            "demo": row.demo,
        }
    )


def _table(row: ThematicTable) -> dict[str, object]:
    return without_none(
        {
            "id": row.slug,
            "slug": row.slug,
            "name": row.name,
            "kind": row.kind.value,
            "remit": row.remit,
            "coordinator": row.coordinator,
            "rule": None if rule_of(row.rule) == BUILT_IN[row.kind] else row.rule,
        }
    )


def _organisations(
    session: Session, zone_id: int, places: Iterable[ThematicTable]
) -> list[dict[str, object]]:
    slugs = {table.id: table.slug for table in places}
    query = select(Seat.organisation_id, Seat.table_id).where(Seat.table_id.in_(slugs))
    taken = session.execute(query.order_by(Seat.table_id)).all()
    return [
        {
            "id": f"organisation-{row.id}",
            "name": row.name,
            "category": row.category.value,
            "seats": [slugs[table_id] for owner, table_id in taken if owner == row.id],
        }
        for row in organisations(session, zone_id, standing=True)
    ]
