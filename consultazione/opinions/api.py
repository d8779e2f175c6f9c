"""REST: opinion maps, and answering their statements."""

from __future__ import annotations

from collections.abc import Mapping

from flask.views import MethodView

from consultazione.opinions.blueprint import rest
from consultazione.opinions.commands.opinions import answer_opinion, propose_opinion
from consultazione.opinions.models import Opinion, OpinionMap
from consultazione.opinions.queries import admitted, get_map
from consultazione.opinions.schemas import (
    OpinionAnswerSchema,
    OpinionBody,
    OpinionMapOut,
    OpinionOut,
    OpinionSchema,
    OpinionValue,
)
from consultazione.web.request_db import renew_snapshot, snapshot, transaction

_NO_MAP = "There is no such opinion map."


@rest.route("/opinion-maps/<int:opinion_map_id>")
class OpinionMapResource(MethodView):
    """One opinion map."""

    @rest.response(200, OpinionMapOut)
    @rest.alt_response(404, description=_NO_MAP)
    def get(self, opinion_map_id: int) -> Mapping[str, object]:
        """A map with its statements and, once it is drawn, its picture."""
        return _shown(get_map(snapshot(), opinion_map_id))


@rest.route("/opinion-maps/<int:opinion_map_id>/opinions")
class Opinions(MethodView):
    """The statements of a map."""

    @rest.writes(
        OpinionOut,
        body=OpinionSchema,
        refusals={
            403: "No token, or the table's rule does not let the person speak.",
            404: _NO_MAP,
            409: "The map is closed, or five statements of the person wait already.",
        },
    )
    def post(self, values: OpinionBody, opinion_map_id: int) -> Opinion:
        """Propose a statement, which waits until somebody admits it."""
        with transaction() as tx:
            opinion = propose_opinion(tx, map_id=opinion_map_id, **values)
        return renew_snapshot().get_one(Opinion, opinion.id)


@rest.route("/opinions/<int:opinion_id>/answer")
class OpinionAnswerResource(MethodView):
    """The person's own answer to a statement."""

    @rest.writes(
        None,
        status=204,
        body=OpinionAnswerSchema,
        has_secret_body=True,
        refusals={
            403: "No token, or the table's rule does not let the person speak.",
            404: "There is no such statement.",
            409: "The map takes no answers, or the statement is not admitted.",
        },
    )
    def put(self, values: OpinionValue, opinion_id: int) -> None:
        """Answer, in the place of an earlier answer."""
        with transaction() as tx:
            answer_opinion(tx, opinion_id=opinion_id, **values)


def _shown(found: OpinionMap) -> Mapping[str, object]:
    names = ("id", "table_id", "title", "question", "least_group", "opened_at", "closes_at")
    stands = {name: getattr(found, name) for name in (*names, "closed_at", "drawn_at", "picture")}
    return {**stands, "admitted": admitted(found)}
