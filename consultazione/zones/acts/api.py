"""REST: the acts of a cycle, and one with its approval, its signatories and its documents."""

from __future__ import annotations

from collections.abc import Mapping

from flask.views import MethodView

from consultazione.web.current_zone import current_cycle
from consultazione.web.request_db import snapshot
from consultazione.zones.acts.queries import approval_steps, board, get_act
from consultazione.zones.blueprint import rest
from consultazione.zones.models import Act
from consultazione.zones.papers.queries import papers_by_act
from consultazione.zones.queries import acts
from consultazione.zones.schemas import ActOut, ActWithPartsOut

_COLUMNS = (
    "id", "kind", "title", "number", "on_day", "body", "source", "url", "version", "demo",
)  # fmt: skip


@rest.route("/acts")
class Acts(MethodView):
    """The formal acts of a cycle."""

    @rest.response(200, ActOut(many=True))
    def get(self) -> list[Act]:
        """Every act of the cycle, the oldest first."""
        return acts(snapshot(), current_cycle().id)


@rest.route("/acts/<int:act_id>")
class ActResource(MethodView):
    """One formal act."""

    @rest.response(200, ActWithPartsOut)
    @rest.alt_response(404, description="There is no such act.")
    def get(self, act_id: int) -> Mapping[str, object]:
        """An act with the steps of its approval, its signatories, and its documents."""
        act, session = get_act(snapshot(), act_id), snapshot()
        signed = board(session, act_id)
        papers = papers_by_act(session, [act_id]).get(act_id, [])
        return {
            **{name: getattr(act, name) for name in _COLUMNS},
            "approvals": approval_steps(session, [act_id]),
            "signatories": [*signed.subscribers, *signed.adherents],
            "documents": [paper for paper in papers if paper.withdrawn_at is None],
        }
