"""A territory as a file that can be imported: its zones' documents, then its own.

Coordinators are left out, as people are of a zone's file; what zones answered stays, as it is
the answer of an office.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core.clock import in_rome
from consultazione.importing.export.values import without_none, written
from consultazione.importing.export.zone import zone_file
from consultazione.provincial.models import (
    ForwardState,
    ProjectForward,
    ProvincialProgramme,
    ProvincialProject,
    ProvincialTable,
)
from consultazione.provincial.queries import forwards_of, programmes, projects, provincial_tables
from consultazione.zones.models import Territory, Zone


def territory_file(session: Session, territory: Territory, uploads_dir: Path) -> str:
    """A territory with all its zones, as YAML. uploads_dir: where the zones' logos lie."""
    query = select(Zone).where(Zone.territory_id == territory.id).order_by(Zone.id)
    zones = list(session.scalars(query))
    of_zones = [zone_file(session, zone.id, uploads_dir) for zone in zones]
    document = {
        "territory": _territory(territory, zones),
        "provincial_tables": [_table(row) for row in provincial_tables(session, territory.id)],
        "provincial_programmes": [
            _programme(session, row) for row in reversed(programmes(session, territory.id))
        ],
    }
    own = yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=96)
    return "---\n".join([*of_zones, own])


def _territory(territory: Territory, zones: Sequence[Zone]) -> dict[str, object]:
    return {
        "slug": territory.slug,
        "name": territory.name,
        "kind": territory.kind.value,
        "region": territory.region,
        "lead_body": territory.lead_body,
        "presentation": territory.presentation,
        "zones": [zone.slug for zone in zones],
        "drafts_shared_by": [zone.slug for zone in zones if zone.shares_drafts],
        "demo": territory.demo,
    }


def _table(row: ProvincialTable) -> dict[str, object]:
    return {
        "id": f"table-{row.id}",
        "section": row.section.value,
        "name": row.name,
        "remit": row.remit,
        "demo": row.demo,
    }


def _programme(session: Session, row: ProvincialProgramme) -> dict[str, object]:
    found = projects(session, [row.id])
    forwards = forwards_of(session, [one.id for one in found])
    return {
        "start": row.first_year,
        "end": row.last_year,
        "projects": [
            _project(one, [sent for sent in forwards if sent.project_id == one.id]) for one in found
        ],
        "demo": row.demo,
    }


def _project(row: ProvincialProject, forwards: Iterable[ProjectForward]) -> dict[str, object]:
    return without_none(
        {
            "table": f"table-{row.table_id}",
            "title": row.title,
            "body": row.body,
            "amount": None if row.amount is None else written(row.amount),
            "day": in_rome(row.written_at).date(),
            "forwards": [_forward(one) for one in forwards],
            "demo": row.demo,
        }
    )


def _forward(row: ProjectForward) -> dict[str, object]:
    if row.state is ForwardState.WAITING:
        return {"zone": row.zone.slug}
    return without_none(
        {
            "zone": row.zone.slug,
            "answer": row.state.value,
            "reason": row.reason,
            "day": in_rome(row.answered_at).date() if row.answered_at else None,
        }
    )
