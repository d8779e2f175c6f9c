"""The page of a need: where it comes from, and which proposals name it."""

from __future__ import annotations

from flask import render_template

from consultazione.plan.fates import fates
from consultazione.proposals.blueprint import pages
from consultazione.proposals.needs import get_need, proposals_for
from consultazione.web.request_db import snapshot


@pages.get("/bisogni/<int:need_id>")
def need(need_id: int) -> str:
    """A need with its source and the proposals that name it."""
    proposals = proposals_for(snapshot(), need_id)
    return render_template(
        "proposals/need.html",
        need=get_need(snapshot(), need_id),
        proposals=proposals,
        fates=fates(snapshot(), proposals),
    )
