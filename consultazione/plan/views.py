"""Pages of the plan: its text with pedigrees, and the plan office's queue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from consultazione.core import clock, log
from consultazione.core.permissions import Permission
from consultazione.core.revisions import versions
from consultazione.outcomes.labels import ANSWERS
from consultazione.plan import answers
from consultazione.plan.blocks.models import Block
from consultazione.plan.blocks.place_views import BLOCKS_A_PAGE, to_its_place
from consultazione.plan.blocks.queries import removed_blocks
from consultazione.plan.blueprint import pages
from consultazione.plan.commands.writing import write_paragraph
from consultazione.plan.discussion.queries import count_said
from consultazione.plan.events import plan_stream
from consultazione.plan.labels import (
    ANSWER_NAMES,
    BLOCK_KINDS,
    PLAN_STATES,
    PLAN_TONES,
    STATE_NAMES,
    STATE_TONES,
)
from consultazione.plan.models import Contribution
from consultazione.plan.needs.queries import priorities_of_chapter
from consultazione.plan.pedigree import pedigree_of_contribution, pedigrees
from consultazione.plan.queries import (
    CONTRIBUTIONS_A_PAGE,
    blocks_of,
    chapter_by_number,
    contributions,
    contributions_after,
    count_contributions,
    draft_of,
    get_contribution,
    page_of_contribution,
    plan_status,
    prepared,
    table_names,
)
from consultazione.plan.schemas import OfficeAnswerSchema, ParagraphSchema
from consultazione.plan.standing import plan_of, state_of, takes_comments
from consultazione.plan.voices import backing_behind, voices_behind
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, current_cycle
from consultazione.web.forms import Form
from consultazione.web.last_update import page_follows
from consultazione.web.paging import paged
from consultazione.web.request_db import renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.web.url_converters import asked_id, asked_place

# A whole plan of 2,000 paragraphs was a page of 2 MB, which took the process 0.3 s.
_PARAGRAPHS_OF_A_CHAPTER = 6


@pages.get(f"{IN_CYCLE}/piano")
def show() -> str:
    """The current plan: chapters, the first paragraphs of each, and what is missing."""
    status = plan_status(snapshot(), current_cycle().id)
    written: dict[int, list[Block]] = defaultdict(list)
    for paragraph in blocks_of(
        snapshot(), [row.chapter.id for row in status], most=_PARAGRAPHS_OF_A_CHAPTER
    ):
        written[paragraph.chapter_id].append(paragraph)
    return render_template("plan/show.html", status=status, written=written, **_common())


@pages.get(f"{IN_CYCLE}/piano/capitoli/<int(max=9999):number>")
def chapter(number: int) -> str:
    """A chapter, page by page: blocks with their pedigrees, contributions with their answers."""
    session = snapshot()
    row, after = chapter_by_number(session, current_cycle().id, number), asked_id("dopo") or 0
    text = _page_of_text(session, row.id)
    received = contributions(session, row.id, after=after, limit=CONTRIBUTIONS_A_PAGE + 1)
    shown, last = paged(received, CONTRIBUTIONS_A_PAGE)
    told, failed = backing_behind(session, [one.id for one in shown])
    return render_template(
        "plan/chapter.html",
        chapter=row,
        **text,
        contributions=shown,
        earlier=count_contributions(session, row.id, until=after),
        next_after=last.id if last else None,
        tables=table_names(session, shown),
        told=told,
        failed=failed,
        corrected=versions(session, Contribution, [one.id for one in shown]),
        removed=removed_blocks(session, row.id),
        priorities=priorities_of_chapter(session, row.id),
        **_common(),
    )


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
    told, failed = backing_behind(snapshot(), [one.id for one in shown])
    return render_template(
        "plan/office.html",
        contributions=shown,
        next_url=url_for("plan.office", dopo=last.id) if last else None,
        tables=table_names(snapshot(), shown),
        told=told,
        failed=failed,
        days={c.id: (clock.now() - c.forwarded_at).days for c in shown},
        prepared=prepared(snapshot(), cycle_id),
        status=plan_status(snapshot(), cycle_id),
        **_common(),
    )


@pages.route("/piano/ufficio/<int:contribution_id>", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.ANSWER_CONTRIBUTIONS)
def answer(contribution_id: int) -> ResponseReturnValue:
    """Answer a contribution, with a reason."""
    row = get_contribution(snapshot(), contribution_id)
    form = Form(OfficeAnswerSchema(), _typed_before(row))
    if form.perform(partial(answers.answer_now_or_later, contribution_id=contribution_id)):
        flash(_("The answer is saved, with its reason."), "success")
        return redirect(url_for("plan.office"))
    page = render_template(
        "plan/answer.html",
        contribution=get_contribution(renew_snapshot(), contribution_id),
        steps=pedigree_of_contribution(snapshot(), contribution_id),
        voices=voices_behind(snapshot(), [contribution_id]),
        union_answers=ANSWERS,
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
    if written := form.perform(partial(write_paragraph, chapter_id=row.id)):
        flash(_("The paragraph stands at the end of the chapter."), "success")
        return to_its_place(written.id)
    return render_template("plan/write.html", chapter=row, form=form), form.status


def _page_of_text(session: Session, chapter_id: int) -> Mapping[str, object]:
    """The blocks of a chapter that the page shows, and what is known of each."""
    after = asked_place("dopo_blocco") or 0
    found = blocks_of(session, [chapter_id], after=after, most=after + BLOCKS_A_PAGE + 1)
    blocks, last = paged(found, BLOCKS_A_PAGE)
    ids = [block.id for block in blocks]
    return {
        "blocks": blocks,
        "next_block": last.rank if last else None,
        "pedigrees": pedigrees(session, ids),
        "said": count_said(session, ids),
    }


def _typed_before(row: Contribution) -> Mapping[str, object]:
    """What the form shows at first: the answer that is prepared, else the contribution's text."""
    draft = draft_of(snapshot(), row.id)
    if draft is None:
        return {"body": row.item.body}
    return {"answer": draft.answer.value, "reason": draft.reason, "body": draft.body,
            "later": "yes"}  # fmt: skip


def _common() -> Mapping[str, object]:
    cycle_id = current_cycle().id
    stream, plan = plan_stream(cycle_id), plan_of(snapshot(), cycle_id)
    page_follows(stream)
    return {
        "states": STATE_NAMES,
        "tones": STATE_TONES,
        "kinds": BLOCK_KINDS,
        "plan": plan,
        "plan_state": state_of(plan),
        "is_discussed": takes_comments(plan, clock.today()),
        "plan_states": PLAN_STATES,
        "plan_tones": PLAN_TONES,
        "stream": stream,
        "head": log.head(snapshot(), stream),
    }
