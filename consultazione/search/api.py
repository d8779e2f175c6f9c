"""REST: the search, and the proposals that are similar to a text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from flask import url_for
from flask.views import MethodView

from consultazione.search.asking.finding import Criteria, place_at
from consultazione.search.asking.results import Result, Results, search
from consultazione.search.asking.similar import similar_proposals
from consultazione.search.blueprint import rest
from consultazione.search.kinds.base import Text
from consultazione.search.query_views import begin_of, end_of
from consultazione.search.schemas import (
    ResultsOut,
    SearchArgs,
    SearchAsked,
    SimilarArgs,
    SimilarAsked,
    SimilarsOut,
)
from consultazione.web.current_zone import current_cycle, current_zone, query_of_place
from consultazione.web.few_at_once import few_at_once
from consultazione.web.request_db import snapshot


@rest.route("/search")
class Search(MethodView):
    """Everything that anybody may read in a zone."""

    @rest.arguments(SearchArgs, location="query")
    @rest.response(200, ResultsOut)
    @rest.alt_response(503, description="Very many are searching at this moment.")
    @rest.reads_much
    @rest.takes_place
    @few_at_once("q")
    def get(self, args: SearchAsked) -> Mapping[str, Any]:
        """What has all the words, in any inflection; the last one may be the beginning of one.

        Papers come first, then proposals, then comments. The cycle of the query narrows the
        search; without it the whole zone is searched.
        """
        found = search(
            snapshot(),
            args["q"],
            _criteria(args),
            after=place_at(args["after"]),
            limit=args["limit"],
        )
        return {
            "words": found.words,
            "items": [_item(one) for one in found.items],
            "near": found.is_near,
            "meant": found.meant or None,
            "corrected": found.is_corrected,
            "slow": found.is_slow,
            "next": _next(found, args),
        }


@rest.route("/proposals/similar")
class SimilarProposals(MethodView):
    """Proposals that say much the same as a text."""

    @rest.arguments(SimilarArgs, location="query")
    @rest.response(200, SimilarsOut)
    @rest.alt_response(503, description="Very many are searching at this moment.")
    @rest.reads_much
    @rest.takes_place
    @few_at_once("text")
    def get(self, args: SimilarAsked) -> Mapping[str, Any]:
        """The proposals of the cycle that are nearest to a text, at most five."""
        cycle = current_cycle()
        where = Criteria(zone_id=cycle.zone.id, cycle_id=cycle.id, table_id=args["table"])
        found = similar_proposals(snapshot(), args["text"], where)
        return {
            "items": [
                {
                    "id": one.text.object_id,
                    "title": one.text.title,
                    "address": _address(one.text),
                    "table_id": one.text.table_id,
                    "state": one.text.state,
                    "likeness": round(one.likeness, 3),
                }
                for one in found
            ]
        }


def _criteria(args: SearchAsked) -> Criteria:
    return Criteria(
        zone_id=current_zone().id,
        cycle_id=current_cycle().id if "cycle" in query_of_place() else None,
        table_id=args["table_id"],
        kind=args["kind"],
        category=args["category"],
        state=args["state"],
        since=begin_of(args["since"]),
        until=end_of(args["until"]),
    )


def _item(one: Result) -> Mapping[str, Any]:
    return {
        "kind": one.kind.name,
        "id": one.text.object_id,
        "title": one.text.title,
        "passage": _pieces(one.passage),
        "address": _address(one.text),
        "table_id": one.text.table_id,
        "category": one.text.category.value if one.text.category else None,
        "state": one.text.state,
        "at": one.text.at,
    }


def _pieces(parts: Sequence[tuple[str, bool]]) -> list[Mapping[str, Any]]:
    return [{"text": piece, "found": is_hit} for piece, is_hit in parts]


def _address(text: Text) -> str:
    return url_for(text.endpoint, **text.values)


def _next(found: Results, args: SearchAsked) -> str | None:
    if not found.next_key:
        return None
    meant = {"q": found.meant} if found.is_corrected else {}
    given = {**query_of_place(), **args, **meant, "after": found.next_key}
    asked = {name: value for name, value in given.items() if value is not None}
    return f"{url_for('search_api.Search')}?{urlencode(asked)}"
