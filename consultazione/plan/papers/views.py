"""The whole plan as a page to print, as PDF, and as ODT, from one view model."""

from __future__ import annotations

from flask import Response, current_app, make_response, render_template

from consultazione.config import Settings
from consultazione.core import clock
from consultazione.core.threadpool import offload
from consultazione.documents.typesetting import typeset
from consultazione.plan.blueprint import pages
from consultazione.plan.events import plan_stream
from consultazione.plan.papers.model import PlanPaper, plan_paper
from consultazione.plan.papers.odt import plan_odt
from consultazione.plan.papers.pdf import asked_for
from consultazione.plan.papers.wording import HEADINGS
from consultazione.web.current_zone import IN_CYCLE, current_cycle
from consultazione.web.last_update import page_follows
from consultazione.web.request_db import release_snapshot, snapshot
from consultazione.web.security import reads_much

_ODT = "application/vnd.oasis.opendocument.text"


@pages.get(f"{IN_CYCLE}/piano/intero")
@reads_much()
def whole() -> str:
    """The whole plan on one page, to read or print."""
    page_follows(plan_stream(current_cycle().id))
    return render_template("plan/whole.html", paper=_paper(), words=HEADINGS)


@pages.get(f"{IN_CYCLE}/piano/piano.pdf")
@reads_much()
def plan_pdf() -> Response:
    """The plan as PDF/A; setting takes a while, and holds no connection."""
    settings, at = _settings(), clock.now()
    paper = _paper()
    release_snapshot()
    asked = asked_for(paper, public_url=settings.public_url, uploads=settings.uploads_dir, at=at)
    return _file(typeset(asked), "application/pdf", paper, "pdf")


@pages.get(f"{IN_CYCLE}/piano/piano.odt")
@reads_much()
def plan_as_odt() -> Response:
    """The plan as an OpenDocument text."""
    paper = _paper()
    release_snapshot()
    content: bytes = offload(plan_odt, paper, _settings().uploads_dir)
    return _file(content, _ODT, paper, "odt")


def _paper() -> PlanPaper:
    public_url = _settings().public_url
    return plan_paper(snapshot(), current_cycle().id, public_url=public_url, at=clock.now())


def _file(content: bytes, media_type: str, paper: PlanPaper, ending: str) -> Response:
    response = make_response(content)
    response.mimetype = media_type
    name = f"piano-{paper['years']}.{ending}"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
