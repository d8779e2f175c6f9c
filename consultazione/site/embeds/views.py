"""The pages of the widget: a table, a sitting, what became of a proposal; the code to copy.

They hold what a visitor reads, need neither scripts nor cookies, and lead on in the whole window.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, render_template, request, url_for
from flask_babel import gettext as _

from consultazione.core.errors import NotFound
from consultazione.plan.fates import fate_of
from consultazione.proposals.models import ProposalState
from consultazione.proposals.queries import count_proposals, get_proposal
from consultazione.site.blueprint import pages
from consultazione.site.embeds.policy_views import framed
from consultazione.sittings.labels import state_of
from consultazione.sittings.queries import coming_sittings, get_sitting
from consultazione.tables.queries import get_table, tables
from consultazione.web.current_zone import IN_ZONE, current_cycle, current_zone
from consultazione.web.last_update import without_foot
from consultazione.web.request_db import snapshot
from consultazione.web.security import reads_much
from consultazione.web.url_converters import asked_id

_SITTINGS_SHOWN = 3
# What can be shown elsewhere, by the word that the address of the code has for it.
_EMBEDS = {
    "tavolo": ("site.embedded_table", "table_id"),
    "seduta": ("site.embedded_sitting", "sitting_id"),
    "proposta": ("site.embedded_proposal", "proposal_id"),
}


@pages.get("/incorpora/tavoli/<int:table_id>")
@reads_much()
def embedded_table(table_id: int) -> Response:
    """A table: what it is about, its next sittings, how many proposals it has."""
    table = get_table(snapshot(), table_id)
    coming = coming_sittings(snapshot(), table.cycle_id)
    page = render_template(
        "site/embedded_table.html",
        table=table,
        sittings=[one for one in coming if one.table_id == table.id][:_SITTINGS_SHOWN],
        proposals=count_proposals(snapshot(), [table.id]).get(table.id, 0),
        state_of=state_of,
    )
    return framed(page)


@pages.get("/incorpora/sedute/<int:sitting_id>")
@reads_much()
def embedded_sitting(sitting_id: int) -> Response:
    """A sitting: when and where, how it stands, its agenda; NotFound for a rehearsal."""
    sitting = get_sitting(snapshot(), sitting_id)
    if sitting.rehearses is not None:
        raise NotFound(_("There is no such sitting."))
    page = render_template("site/embedded_sitting.html", sitting=sitting, state_of=state_of)
    return framed(page)


@pages.get("/incorpora/proposte/<int:proposal_id>")
@reads_much()
def embedded_proposal(proposal_id: int) -> Response:
    """What became of a proposal; NotFound if its author has withdrawn it, or it is hidden."""
    proposal = get_proposal(snapshot(), proposal_id)
    if proposal.state is ProposalState.WITHDRAWN or proposal.hidden_at is not None:
        raise NotFound(_("There is no such proposal."))
    page = render_template(
        "site/embedded_proposal.html", proposal=proposal, fate=fate_of(snapshot(), proposal)
    )
    return framed(page)


@pages.get(f"{IN_ZONE}/incorpora", endpoint="widget_code")
@without_foot
def widget_code() -> str:
    """The code to copy: of what the query names (?cosa=, ?numero=), else of each table."""
    number = asked_id("numero")
    embed = _EMBEDS.get(request.args.get("cosa", ""))
    found = tables(snapshot(), current_cycle().id)
    codes = [(one.name, one.name, _address("tavolo", one.id)) for one in found]
    if embed is not None and number is not None:
        chosen = _address(request.args["cosa"], number)
        codes = [(_("The part that you chose"), current_zone().name, chosen)]
    return render_template(
        "site/widget_code.html", codes=codes, hosts=(current_zone().frame_hosts or "").split()
    )


def _address(word: str, number: int) -> str:
    endpoint, argument = _EMBEDS[word]
    what: Mapping[str, Any] = {argument: number}
    return url_for(endpoint, **what, _external=True)
