"""Pages of the plan: its text with pedigrees, and the plan office's queue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core import clock, log
from consultazione.core.permissions import Permission
from consultazione.plan import answers
from consultazione.plan.blueprint import pages
from consultazione.plan.commands.writing import write_paragraph
from consultazione.plan.events import plan_stream
from consultazione.plan.labels import ANSWER_NAMES, STATE_NAMES, STATE_TONES
from consultazione.plan.models import Paragraph
from consultazione.plan.pedigree import pedigree, pedigree_of_contribution, pedigrees
from consultazione.plan.queries import (
    CONTRIBUTIONS_A_PAGE,
    chapter_by_number,
    contributions,
    contributions_after,
    count_contributions,
    get_contribution,
    get_paragraph,
    page_of_contribution,
    paragraphs,
    plan_status,
    table_names,
)
from consultazione.plan.schemas import ContributionAnswerSchema, ParagraphSchema
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, current_cycle
from consultazione.web.forms import Form
from consultazione.web.paging import paged
from consultazione.web.request_db import renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.web.url_converters import asked_id

# A whole plan of 2,000 paragraphs was a page of 2 MB, which took the process 0.3 s.
_PARAGRAPHS_OF_A_CHAPTER = 20


@pages.get(f"{IN_CYCLE}/piano")
def show() -> str:
    """The current plan: chapters, the first paragraphs of each, and what is missing."""
    status = plan_status(snapshot(), current_cycle().id)
    written: dict[int, list[Paragraph]] = defaultdict(list)
    for paragraph in paragraphs(
        snapshot(), [row.chapter.id for row in status], most=_PARAGRAPHS_OF_A_CHAPTER
    ):
        written[paragraph.chapter_id].append(paragraph)
    return render_template("plan/show.html", status=status, written=written, **_common())


@pages.get(f"{IN_CYCLE}/piano/capitoli/<int(max=9999):number>")
def chapter(number: int) -> str:
    """A chapter: paragraphs with their pedigrees, contributions with their answers."""
    session = snapshot()
    row, after = chapter_by_number(session, current_cycle().id, number), asked_id("dopo") or 0
    written = paragraphs(session, [row.id])
    received = contributions(session, row.id, after=after, limit=CONTRIBUTIONS_A_PAGE + 1)
    shown, last = paged(received, CONTRIBUTIONS_A_PAGE)
    return render_template(
        "plan/chapter.html",
        chapter=row,
        paragraphs=written,
        pedigrees=pedigrees(session, [paragraph.id for paragraph in written]),
        contributions=shown,
        earlier=count_contributions(session, row.id, until=after),
        next_after=last.id if last else None,
        tables=table_names(session, shown),
        **_common(),
    )


@pages.get("/piano/paragrafi/<int:paragraph_id>")
def paragraph(paragraph_id: int) -> str:
    """A paragraph with its pedigree."""
    row = get_paragraph(snapshot(), paragraph_id)
    steps = pedigree(snapshot(), paragraph_id)
    return render_template("plan/paragraph.html", paragraph=row, steps=steps, **_common())


@pages.get("/piano/contributi/<int:contribution_id>")
def contribution(contribution_id: int) -> ResponseReturnValue:
    """A contribution's permanent address; redirects to its place on the chapter's page."""
    row = get_contribution(snapshot(), contribution_id)
    after = page_of_contribution(snapshot(), row) or None
    anchor, number = f"contributo-{row.id}", row.chapter.number
    return redirect(url_for("plan.chapter", number=number, dopo=after, _anchor=anchor))


@pages.get(f"{IN_CYCLE}/piano/ufficio")
@auth.permission_required(Permission.ANSWER_CONTRIBUTIONS)
def office() -> str:
    """The contributions that await an answer, oldest first."""
    after = asked_id("dopo") or 0
    cycle_id = current_cycle().id
    most = CONTRIBUTIONS_A_PAGE
    rows = contributions_after(snapshot(), cycle_id, after=after, limit=most + 1, waiting=True)
    shown, last = paged(rows, most)
    return render_template(
        "plan/office.html",
        contributions=shown,
        next_url=url_for("plan.office", dopo=last.id) if last else None,
        tables=table_names(snapshot(), shown),
        days={c.id: (clock.now() - c.forwarded_at).days for c in shown},
        status=plan_status(snapshot(), cycle_id),
        **_common(),
    )


@pages.route("/piano/ufficio/<int:contribution_id>", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.ANSWER_CONTRIBUTIONS)
def answer(contribution_id: int) -> ResponseReturnValue:
    """Answer a contribution, with a reason."""
    row = get_contribution(snapshot(), contribution_id)
    form = Form(ContributionAnswerSchema(), {"body": row.item.body})
    if form.perform(partial(answers.answer_contribution, contribution_id=contribution_id)):
        flash(_("The answer is public now, with its reason."), "success")
        return redirect(url_for("plan.office"))
    page = render_template(
        "plan/answer.html",
        contribution=get_contribution(renew_snapshot(), contribution_id),
        steps=pedigree_of_contribution(snapshot(), contribution_id),
        form=form,
        answers=[(state.value, name) for state, name in ANSWER_NAMES.items()],
        **_common(),
    )
    return page, form.status


@pages.route(
    f"{IN_CYCLE}/piano/capitoli/<int(max=9999):number>/nuovo-paragrafo", methods=["GET", "POST"]
)
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.WRITE_PARAGRAPH)
def write(number: int) -> ResponseReturnValue:
    """Append a paragraph of the plan office's own."""
    row = chapter_by_number(snapshot(), current_cycle().id, number)
    form = Form(ParagraphSchema())
    if form.perform(partial(write_paragraph, chapter_id=row.id)):
        flash(_("The paragraph stands at the end of the chapter."), "success")
        return redirect(url_for("plan.chapter", number=number))
    return render_template("plan/write.html", chapter=row, form=form), form.status


def _common() -> Mapping[str, object]:
    stream = plan_stream(current_cycle().id)
    return {
        "states": STATE_NAMES,
        "tones": STATE_TONES,
        "stream": stream,
        "head": log.head(snapshot(), stream),
    }
