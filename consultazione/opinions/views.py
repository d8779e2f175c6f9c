"""Pages of opinion maps for those who answer: a table's maps, a map, its published answers."""

from __future__ import annotations

from functools import partial

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core import clock
from consultazione.opinions import queries
from consultazione.opinions.blueprint import pages
from consultazione.opinions.commands.opinions import answer_opinion, propose_opinion
from consultazione.opinions.events import opinions_stream
from consultazione.opinions.labels import ANSWERS, SHAPES, STANDS
from consultazione.opinions.models import OpinionMap
from consultazione.opinions.schemas import MOST_LETTERS, OpinionAnswerSchema, OpinionSchema
from consultazione.tables.queries import table_by_slug
from consultazione.tables.rights.standing import why_not_at
from consultazione.tables.rules import Deed
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, current_cycle
from consultazione.web.forms import Form
from consultazione.web.last_update import page_follows
from consultazione.web.request_db import actor, renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter

# Somebody who answers quickly: one statement a second.
_ANSWERING = "120 per minute"


@pages.get(f"{IN_CYCLE}/tavoli/<slug>/opinioni")
def of_table(slug: str) -> str:
    """The opinion maps of a table, the newest first."""
    table = table_by_slug(snapshot(), current_cycle().id, slug)
    maps = queries.maps_of(snapshot(), table.id)
    return render_template("opinions/of_table.html", table=table, maps=maps, now=clock.now())


@pages.get("/opinioni/<int:opinion_map_id>")
def show(opinion_map_id: int) -> ResponseReturnValue:
    """A map: the next statement to answer while it is open, the drawing afterwards."""
    return page_of(opinion_map_id)


@pages.post("/opinioni/affermazioni/<int:opinion_id>/risposta")
@limiter.limit(_ANSWERING)
@auth.sign_in_required
def answer(opinion_id: int) -> ResponseReturnValue:
    """Answer a statement, in the place of an earlier answer.

    The form carries no key against repeats: the same answer twice is one, and nothing of it
    shall be kept beside its row.
    """
    map_id = queries.get_opinion(snapshot(), opinion_id).map_id
    form = Form(OpinionAnswerSchema())
    if form.perform(partial(answer_opinion, opinion_id=opinion_id)):
        return redirect(url_for("opinions.show", opinion_map_id=map_id, _anchor="rispondi"))
    return page_of(map_id, answer_form=form)


@pages.post("/opinioni/<int:opinion_map_id>/affermazioni")
@limiter.limit(WRITING)
@auth.sign_in_required
def propose(opinion_map_id: int) -> ResponseReturnValue:
    """Propose a statement."""
    form = Form(OpinionSchema())
    if form.perform(partial(propose_opinion, map_id=opinion_map_id)):
        flash(_("Thank you. Somebody reads it first; then others can answer it."), "success")
        return redirect(url_for("opinions.show", opinion_map_id=opinion_map_id))
    return page_of(opinion_map_id, form=form)


@pages.get("/opinioni/<int:opinion_map_id>/mie-risposte")
@auth.sign_in_required
def own_answers(opinion_map_id: int) -> str:
    """What the reader has answered so far, each to be changed."""
    found = queries.get_map(snapshot(), opinion_map_id)
    given = queries.answers_of(snapshot(), found.id, actor().person_id)
    return render_template(
        "opinions/own_answers.html",
        opinion_map=found,
        given=given,
        answered=[one for one in queries.admitted(found) if one.id in given],
        answers=ANSWERS,
        takes_answers=_takes_answers(found),
    )


@pages.get("/opinioni/<int:opinion_map_id>/risposte.csv")
def published(opinion_map_id: int) -> Response:
    """All answers without names, from which anybody can draw the map again."""
    content = queries.published_answers(snapshot(), opinion_map_id)
    return Response(content, mimetype="text/csv")


def page_of(
    map_id: int, *, form: Form | None = None, answer_form: Form | None = None
) -> ResponseReturnValue:
    """The page of a map, with a form that was refused, if one was."""
    session = renew_snapshot()
    found = queries.get_map(session, map_id)
    page_follows(opinions_stream(map_id))
    person_id = actor().person_id
    given = queries.answers_of(session, map_id, person_id)
    page = render_template(
        "opinions/show.html",
        opinion_map=found,
        form=form or Form(OpinionSchema()),
        answer_form=answer_form,
        progress=queries.progress_of(found, given, person_id),
        participants=queries.count_participants(session, map_id) if found.is_open else 0,
        waiting=queries.waiting(found),
        mine=queries.proposed_by(found, person_id),
        bodies={one.number: one.body for one in found.opinions},
        not_speaking=why_not_at(session, found.table, Deed.SPEAK, person_id, at=clock.now()),
        takes_answers=_takes_answers(found),
        answers=ANSWERS,
        stands=STANDS,
        shapes=SHAPES,
        most_letters=MOST_LETTERS,
    )
    return page, max(one.status if one else 200 for one in (form, answer_form))


def _takes_answers(found: OpinionMap) -> bool:
    return found.is_open and clock.now() < found.closes_at
