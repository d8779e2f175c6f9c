"""The whole plan as a page to print, as PDF, and as ODT, from one view model."""

from __future__ import annotations

from flask import Response, render_template

from consultazione.core import clock
from consultazione.core.threadpool import offload
from consultazione.documents.register import registration_of
from consultazione.documents.typesetting import typeset
from consultazione.plan.blueprint import pages
from consultazione.plan.events import plan_stream
from consultazione.plan.papers.kind import PLAN
from consultazione.plan.papers.model import PlanPaper, plan_paper
from consultazione.plan.papers.odt import plan_odt
from consultazione.plan.papers.pdf import asked_for
from consultazione.plan.papers.wording import HEADINGS
from consultazione.web.current_zone import IN_CYCLE, current_cycle
from consultazione.web.files.made import inline, public_url
from consultazione.web.files.stored import directory
from consultazione.web.last_update import page_follows
from consultazione.web.request_db import release_snapshot, snapshot
from consultazione.web.security import reads_much

_ODT = "application/vnd.oasis.opendocument.text"


@pages.get(f"{IN_CYCLE}/piano/intero")
@reads_much()
def whole() -> str:
    """The whole plan on one page, to read or print."""
    cycle_id = current_cycle().id
    page_follows(plan_stream(cycle_id))
    registered = registration_of(snapshot(), PLAN, cycle_id)
    return render_template("plan/whole.html", paper=_paper(), words=HEADINGS, registered=registered)


@pages.get(f"{IN_CYCLE}/piano/piano.pdf")
@reads_much()
def plan_pdf() -> Response:
    """The plan as PDF/A; setting takes a while, and holds no connection."""
    at = clock.now()
    paper = _paper()
    release_snapshot()
    asked = asked_for(paper, public_url=public_url(), uploads=directory(), at=at)
    return inline(typeset(asked), "application/pdf", _name(paper, "pdf"))


@pages.get(f"{IN_CYCLE}/piano/piano.odt")
@reads_much()
def plan_as_odt() -> Response:
    """The plan as an OpenDocument text."""
    paper = _paper()
    release_snapshot()
    content: bytes = offload(plan_odt, paper, directory())
    return inline(content, _ODT, _name(paper, "odt"))


def _paper() -> PlanPaper:
    return plan_paper(snapshot(), current_cycle().id, public_url=public_url(), at=clock.now())


def _name(paper: PlanPaper, ending: str) -> str:
    return f"piano-{paper['years']}.{ending}"
