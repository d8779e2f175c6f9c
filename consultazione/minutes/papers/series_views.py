"""Pages of the record of a series (*verbale unico*): choosing the days, the record, PDF and ODT."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import EXCLUDE, ValidationError

from consultazione.core import clock
from consultazione.core.errors import NotFound
from consultazione.core.threadpool import offload
from consultazione.documents.paper.model import Paper, Seal
from consultazione.documents.paper.odt import MEDIA_TYPE, odt_of
from consultazione.documents.paper.pdf import asked_for
from consultazione.documents.typesetting import typeset
from consultazione.minutes.blueprint import pages
from consultazione.minutes.events import minutes_stream
from consultazione.minutes.models import Minutes
from consultazione.minutes.papers.bound import MOST_BOUND, approved_between, span_of
from consultazione.minutes.papers.series import Bound, seal_of, series_of
from consultazione.minutes.schemas import SeriesSchema
from consultazione.tables.queries import table_by_slug
from consultazione.web.current_zone import IN_CYCLE, current_cycle
from consultazione.web.files.made import inline, public_url
from consultazione.web.last_update import page_follows
from consultazione.web.request_db import release_snapshot, snapshot
from consultazione.web.security import reads_much
from consultazione.web.validation_messages import flatten

_AT = f"{IN_CYCLE}/tavoli/<slug>/verbale-unico"


@dataclass
class _Choice:
    """The form that chooses a series as templates read one, and the minutes that it finds."""

    values: dict[str, str]
    errors: dict[str, list[str]] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    days: tuple[date, date] = (date.min, date.min)
    found: list[Minutes] = field(default_factory=list)

    @property
    def paper(self) -> Paper | None:
        """The record; None if nothing is bound."""
        bound = [
            Bound(minutes.document, minutes.digest)
            for minutes in self.found
            if minutes.document is not None and minutes.digest is not None
        ]
        return series_of(bound, first=self.days[0], last=self.days[1]) if bound else None

    @property
    def at(self) -> datetime:
        """When the last of the minutes was approved."""
        return max(minutes.approved_at or clock.now() for minutes in self.found)


@pages.get(_AT)
@reads_much()
def series(slug: str) -> ResponseReturnValue:
    """The record of a table's sittings between two days, and the form that chooses them."""
    table = table_by_slug(snapshot(), current_cycle().id, slug)
    span = span_of(snapshot(), table.id)
    form = _chosen(table.id) if request.args else _Choice(_offered(span))
    page_follows(*(minutes_stream(minutes.sitting_id) for minutes in form.found))
    page = render_template(
        "minutes/series.html",
        table=table,
        form=form,
        span=span,
        of={"slug": slug, **form.values},
        seal=_seal(slug),
    )
    return page, 422 if form.errors else 200


@pages.get(f"{_AT}.pdf")
@reads_much()
def series_pdf(slug: str) -> Response:
    """The record as PDF/A, dated with the last approval; setting holds no connection."""
    paper, at = _bound(slug)
    asked = asked_for(paper, _seal(slug), at=at)
    release_snapshot()
    return inline(typeset(asked), "application/pdf", f"verbale-unico-{slug}.pdf")


@pages.get(f"{_AT}.odt")
@reads_much()
def series_odt(slug: str) -> Response:
    """The record as OpenDocument text."""
    paper, at = _bound(slug)
    make = partial(odt_of, paper, _seal(slug), at=at)
    release_snapshot()
    return inline(offload(make), MEDIA_TYPE, f"verbale-unico-{slug}.odt")


def _bound(slug: str) -> tuple[Paper, datetime]:
    """The record that an address asks for; NotFound, saying why, if it asks for none."""
    chosen = _chosen(table_by_slug(snapshot(), current_cycle().id, slug).id)
    paper = chosen.paper
    if paper is None:
        raise NotFound(" ".join(sentence for said in chosen.errors.values() for sentence in said))
    return paper, chosen.at


def _chosen(table_id: int) -> _Choice:
    """The days that the address asks for with the minutes between them, or what is wrong."""
    choice = _Choice({name: request.args.get(name, "") for name in ("dal", "al")})
    try:
        days = SeriesSchema().load(request.args, unknown=EXCLUDE)
    except ValidationError as error:
        choice.errors = flatten(error.messages)
        return choice
    choice.days = (days["dal"], days["al"])
    found = approved_between(snapshot(), table_id, *choice.days)
    if not found:
        none = _("No minutes of this table are approved for sittings of these days.")
        choice.errors = {"al": [none]}
    elif len(found) > MOST_BOUND:
        many = _("At most %(most)s sittings are bound: choose fewer days.", most=MOST_BOUND)
        choice.errors = {"al": [many]}
    else:
        choice.found = found
    return choice


def _seal(slug: str) -> Seal:
    days: Mapping[str, Any] = {name: request.args.get(name) for name in ("dal", "al")}
    return seal_of(address=public_url() + url_for("minutes.series", slug=slug, **days))


def _offered(span: tuple[date, date] | None) -> dict[str, str]:
    """The days of all minutes that the table has."""
    return {"dal": span[0].isoformat(), "al": span[1].isoformat()} if span else {}
