"""REST: the strategies of a cycle with their decisions."""

from __future__ import annotations

from flask.views import MethodView

from consultazione.plan.blueprint import rest
from consultazione.plan.decisions.models import Strategy
from consultazione.plan.decisions.queries import strategies
from consultazione.plan.decisions.schemas import StrategyOut
from consultazione.web.current_zone import current_cycle
from consultazione.web.request_db import snapshot


@rest.route("/plan/strategies")
class Strategies(MethodView):
    """What the planning of a cycle strives for, and what was decided for it."""

    @rest.response(200, StrategyOut(many=True))
    @rest.takes_place
    def get(self) -> list[Strategy]:
        """Every strategy of the cycle in its order, each with its decisions."""
        return strategies(snapshot(), current_cycle().id)
