"""Pages of the register: its list, its rows as a file, one document, its annulment."""

from __future__ import annotations

import csv
import io
from functools import partial
from typing import Any

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.permissions import Permission, require
from consultazione.documents.blueprint import pages
from consultazione.documents.colophon import seal_of
from consultazione.documents.commands import annul_registration
from consultazione.documents.easy.queries import easy_offer
from consultazione.documents.easy.registered import REGISTERED
from consultazione.documents.events import register_stream
from consultazione.documents.kinds import all_kinds, kind_of
from consultazione.documents.paper.model import from_json
from consultazione.documents.queries import (
    Asked,
    get_registration,
    listed,
    newest_of_register,
    number_in_log,
    seal_of_document,
    whole_register,
    years_of_register,
)
from consultazione.documents.reach import may_open
from consultazione.documents.rows import HEADINGS, cells
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, current_zone
from consultazione.web.fields import ReasonSchema
from consultazione.web.forms import Form
from consultazione.web.last_update import page_follows
from consultazione.web.paging import paged
from consultazione.web.request_db import actor, snapshot
from consultazione.web.security import WRITING, limiter, reads_much
from consultazione.web.url_converters import asked_id, asked_place

_A_PAGE = 50


@pages.get(f"{IN_CYCLE}/documenti")
def index() -> str:
    """The zone's register of documents, latest first."""
    asked, zone, session = _asked(), current_zone(), snapshot()
    found = newest_of_register(session, zone.id, asked, before=asked_id("prima"), limit=_A_PAGE + 1)
    shown, last = paged(found, _A_PAGE)
    page_follows(register_stream(zone.id))
    given: dict[str, Any] = {"tipo": asked.kind or None, "anno": asked.year}
    return render_template(
        "documents/index.html",
        rows=listed(session, shown),
        asked=asked,
        given=given,
        kinds={kind.name: kind for kind in all_kinds()},
        years=years_of_register(session, zone.id),
        next_url=url_for("documents.index", prima=last.id, **given) if last else None,
    )


@pages.get(f"{IN_CYCLE}/documenti.csv")
@reads_much()
def register_csv() -> Response:
    """The register as a file for spreadsheets, by kind, year and number."""
    session, out = snapshot(), io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(HEADINGS)
    rows = list(whole_register(session, current_zone().id, _asked()))
    writer.writerows(cells(one) for one in listed(session, rows))
    response = make_response("\ufeff" + out.getvalue())
    response.mimetype = "text/csv"
    response.headers["Content-Disposition"] = 'attachment; filename="registro-documenti.csv"'
    return response


@pages.get("/documenti/<int:registration_id>")
def show(registration_id: int) -> str:
    """A document of the register: its number and digests, and the document where it is kept."""
    session = snapshot()
    row = get_registration(session, registration_id)
    page_follows(stream := register_stream(row.zone_id))
    is_open = may_open(session, row, actor())
    (one,) = listed(session, [row])
    return render_template(
        "documents/show.html",
        one=one,
        kind=kind_of(row.kind),
        is_open=is_open,
        stream=stream,
        logged=number_in_log(session, row),
        seal=seal_of(row, address=""),
        easy=easy_offer(session, actor(), REGISTERED, row.id),
        sealed=seal_of_document(session, row),
        paper=from_json(row.content) if is_open and row.content is not None else None,
    )


@pages.route("/documenti/<int:registration_id>/annulla", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def annul(registration_id: int) -> ResponseReturnValue:
    """Annul a document in the register, with the reason."""
    row = get_registration(snapshot(), registration_id)
    require(actor(), Permission.ANNUL_REGISTRATION, zone_id=row.zone_id)
    form = Form(ReasonSchema())
    if form.perform(partial(annul_registration, registration_id=registration_id)):
        flash(_("The document is annulled; its number and its text stay readable."), "success")
        return redirect(url_for("documents.show", registration_id=registration_id))
    page = render_template("documents/annul.html", row=row, kind=kind_of(row.kind), form=form)
    return page, form.status


def _asked() -> Asked:
    """Which part of the register the address asks for; what it cannot mean counts as all of it."""
    kind = request.args.get("tipo", "")
    known = kind if kind in {one.name for one in all_kinds()} else ""
    return Asked(known, asked_place("anno"))
