"""Pages of the library of norms and guidelines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.errors import Sentence
from consultazione.core.permissions import Permission, may, require
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, current_cycle, current_zone
from consultazione.web.forms import Form, act
from consultazione.web.request_db import actor, snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.zones.blueprint import pages
from consultazione.zones.gatherings.queries import gatherings
from consultazione.zones.labels import NORM_TYPES
from consultazione.zones.library.commands import (
    add_citation,
    correct_citation,
    remove_citation,
)
from consultazione.zones.library.links import address_of
from consultazione.zones.library.lint import remarks, two_dates
from consultazione.zones.library.models import Citation, NormType
from consultazione.zones.library.queries import citations, get_citation
from consultazione.zones.models import Zone
from consultazione.zones.queries import phases
from consultazione.zones.schemas import CitationSchema

_FIELDS = ("norm_type", "issuer", "number", "title", "url", "cited_in")


@pages.get(f"{IN_CYCLE}/normativa")
def library() -> str:
    """The norms and guidelines that the zone refers to, and what is to be checked."""
    found = citations(snapshot(), current_zone().id)
    norms = [one for one in found if one.norm_type is not NormType.GUIDELINE]
    guidelines = [one for one in found if one.norm_type is NormType.GUIDELINE]
    mends = may(actor(), Permission.CORRECT_CITATION, zone_id=current_zone().id)
    return render_template(
        "zones/library.html",
        shelves=[(_("Norms"), norms), (_("Guidelines"), guidelines)],
        types=NORM_TYPES,
        addresses={one.id: address_of(one) for one in found},
        other_dates=two_dates(found),
        remarks=list(_remarks(found)) if mends else [],
    )


@pages.route(f"{IN_CYCLE}/normativa/nuova", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def new_citation() -> ResponseReturnValue:
    """Add a norm or a guideline."""
    require(actor(), Permission.ADD_CITATION, zone_id=current_zone().id)
    form = Form(CitationSchema())
    made = form.perform(partial(add_citation, zone_id=current_zone().id))
    if made is not None:
        return _written(made, _("It is in the library."))
    return _page(form, None)


@pages.route("/norme/<int:citation_id>/modifica", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def edit_citation(citation_id: int) -> ResponseReturnValue:
    """Correct a citation."""
    shown = get_citation(snapshot(), citation_id)
    require(actor(), Permission.CORRECT_CITATION, zone_id=shown.zone_id)
    values = {name: getattr(shown, name) or "" for name in _FIELDS}
    form = Form(CitationSchema(), {**values, "on_day": shown.on_day.isoformat()})
    made = form.perform(partial(correct_citation, citation_id=citation_id))
    if made is not None:
        return _written(made, _("The citation is corrected."))
    return _page(form, shown)


@pages.post("/norme/<int:citation_id>/togli")
@limiter.limit(WRITING)
@auth.sign_in_required
def take_citation_out(citation_id: int) -> ResponseReturnValue:
    """Take a citation out of the library."""
    return act(
        partial(remove_citation, citation_id=citation_id),
        done=_("It is no longer in the library."),
        to=url_for("zones.library"),
    )


def _page(form: Form, shown: Citation | None) -> ResponseReturnValue:
    types = [(kind.value, name) for kind, name in NORM_TYPES.items()]
    page = render_template("zones/citation_form.html", form=form, citation=shown, types=types)
    return page, form.status


def _written(made: Citation, sentence: str) -> ResponseReturnValue:
    """Back to the library; with a warning if the same norm stands there with another date."""
    flash(sentence, "success")
    if made.id in two_dates(citations(snapshot(), made.zone_id)):
        flash(
            _("The same norm stands here with another date: check which one is right."), "warning"
        )
    return redirect(url_for("zones.library", _anchor=f"norma-{made.id}"))


def _remarks(found: Sequence[Citation]) -> Iterator[tuple[str, str, Sentence]]:
    """What is to be looked at in the texts of the path: where, at which address, and what."""
    cycle, session = current_cycle(), snapshot()
    path, presentation = url_for("zones.path"), session.get_one(Zone, cycle.zone.id).presentation
    texts = [(_("Presentation of the zone"), path, presentation)]
    texts += [(phase.title, path, phase.description) for phase in phases(session, cycle.id)]
    texts += [
        (one.title, url_for("zones.gathering", gathering_id=one.id), one.description)
        for one in gatherings(session, cycle.id)
    ]
    for where, address, text in texts:
        for remark in remarks(text, found):
            yield where, address, remark
