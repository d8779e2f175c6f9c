"""The documents that stood beside the points of the agenda."""

from __future__ import annotations

from collections.abc import Mapping

from consultazione.minutes.compose import wording
from consultazione.minutes.compose.facts import SittingFacts
from consultazione.minutes.compose.types import Documents, PointDocument
from consultazione.sittings.agenda.events import MaterialAttached, MaterialDetached


def documents_by_point(facts: SittingFacts) -> Mapping[int, Documents]:
    """By point id: the documents that stood beside it in the end, in the order they came."""
    there: dict[int, dict[int, PointDocument]] = {}
    for entry in facts.entries:
        event = entry.event
        if isinstance(event, MaterialAttached):
            there.setdefault(event.point_id, {})[event.material_id] = {
                "id": event.material_id,
                "title": wording.text(event.title),
                "file_name": wording.text(event.file_name),
            }
        elif isinstance(event, MaterialDetached):
            there.get(event.point_id, {}).pop(event.material_id, None)
    return {point: {"documents": list(found.values())} for point, found in there.items() if found}
