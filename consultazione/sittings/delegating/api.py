"""REST: the proxies of a sitting."""

from __future__ import annotations

from typing import TypedDict

from flask.views import MethodView

from consultazione.sittings.blueprint import rest
from consultazione.sittings.delegating.commands import give_proxy, withdraw_proxy
from consultazione.sittings.delegating.schemas import ProxiesOut, ProxySchema
from consultazione.sittings.proxies.models import Proxy
from consultazione.sittings.proxies.queries import proxies_shown
from consultazione.sittings.queries import get_sitting
from consultazione.sittings.rest import writes
from consultazione.sittings.schemas import IdOut
from consultazione.tables.rules import rule_of
from consultazione.web.api import TOKEN
from consultazione.web.request_db import actor, snapshot, transaction


class _Given(TypedDict):
    """Who gives a proxy, '' for the actor, to whom, and by which written act."""

    giver: str
    holder: str
    written_act: str


@rest.route("/sittings/<int:sitting_id>/proxies")
class Proxies(MethodView):
    """The proxies of a sitting."""

    @rest.doc(security=TOKEN)
    @rest.response(200, ProxiesOut)
    @rest.alt_response(404, description="There is no such sitting.")
    def get(self, sitting_id: int) -> dict[str, object]:
        """Who is represented by whom, as far as the reader may know, in the order of giving."""
        sitting = get_sitting(snapshot(), sitting_id)
        return {
            "most": rule_of(sitting.table.rule).proxies,
            "proxies": proxies_shown(snapshot(), sitting, actor()),
        }

    @writes(
        IdOut,
        body=ProxySchema,
        refusals={
            403: "Neither the giver's own proxy nor the desk's, or a union's.",
            404: "There is no such sitting.",
            409: "No proxies here, a poll is open, the giver is there or gave theirs already.",
        },
    )
    def post(self, values: _Given, sitting_id: int) -> Proxy:
        """Give one's proxy to another person, or register that of somebody at the desk."""
        with transaction() as tx:
            return give_proxy(tx, sitting_id=sitting_id, **values)


@rest.route("/proxies/<int:proxy_id>")
class OneProxy(MethodView):
    """One proxy."""

    @writes(
        None,
        status=204,
        refusals={
            403: "Only who gave it, or the desk on their behalf.",
            404: "There is no such proxy.",
            409: "A poll is open, or the sitting is closed.",
        },
    )
    def delete(self, proxy_id: int) -> None:
        """Withdraw a proxy."""
        with transaction() as tx:
            withdraw_proxy(tx, proxy_id=proxy_id)
