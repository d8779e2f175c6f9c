"""The form in which a proposal is written, new or from a draft."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core import clock
from consultazione.core.errors import Sentence
from consultazione.core.permissions import Permission
from consultazione.proposals.blueprint import pages
from consultazione.proposals.commands.handing_in import hand_in_proposal
from consultazione.proposals.drafts.models import ProposalDraft
from consultazione.proposals.drafts.queries import own_drafts
from consultazione.proposals.file_views import what_files_are_taken
from consultazione.proposals.keeping import MOST_FILES
from consultazione.proposals.models import Proposal
from consultazione.proposals.needs import needs, strategic_priorities
from consultazione.proposals.schemas import ProposalAtTableSchema, ProposalSchema
from consultazione.tables.holding.models import HeldText
from consultazione.tables.models import ThematicTable
from consultazione.tables.queries import seated_ids, table_by_slug, tables
from consultazione.tables.rights.standing import why_not_at
from consultazione.tables.rules import Deed
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, current_cycle
from consultazione.web.files import stored as files
from consultazione.web.forms import Form
from consultazione.web.hints.traces import asks_first
from consultazione.web.request_db import actor, snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.zones.phases.when import barred
from consultazione.zones.queries import chapters

# What is done with a new proposal before the command.
FIRST = asks_first("title", "need", "body", "effect", then=partial(files.with_files, MOST_FILES))


@pages.route(f"{IN_CYCLE}/proposte/nuova", methods=["GET", "POST"])
@pages.route(f"{IN_CYCLE}/tavoli/<slug>/proposte/nuova", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def new(slug: str = "") -> ResponseReturnValue:
    """Submit a proposal, at the table in the address or one chosen in the form.

    Who opens the form when nothing is taken is led back to the proposals, and told why; who
    was writing meanwhile keeps the text. Whom the table's rule does not let propose reads why,
    before anything is written.
    """
    table = table_by_slug(snapshot(), current_cycle().id, slug) if slug else None
    if request.method == "GET" and (elsewhere := _not_now(table)):
        return elsewhere
    form = Form(ProposalSchema() if table else ProposalAtTableSchema())
    command = partial(hand_in_proposal, table_id=table.id) if table else hand_in_proposal
    proposal = form.perform(command, before=FIRST)
    return handed_in(proposal) if proposal else writing_page(form, table=table)


def handed_in(proposal: Proposal | HeldText) -> ResponseReturnValue:
    """Where somebody goes who has submitted a proposal: to it, or to where they read its state."""
    if isinstance(proposal, HeldText):
        flash(_("Thank you. Somebody reads it before it is public; you are told."), "success")
        return redirect(url_for("moderation.held", held_id=proposal.id))
    flash(_("The proposal is handed in: the facilitator will read it."), "success")
    return redirect(url_for("proposals.show", proposal_id=proposal.id))


def writing_page(
    form: Form,
    *,
    table: ThematicTable | None = None,
    draft: ProposalDraft | None = None,
    **more: Any,
) -> ResponseReturnValue:
    """The page of the form. table: the one it is for, if no other can be chosen."""
    page = render_template(
        "proposals/new.html",
        form=form,
        table=table,
        draft=draft,
        begun=[] if draft else own_drafts(snapshot(), actor().person_id),
        **_choices(table),
        **more,
    )
    return page, form.status


def _not_now(table: ThematicTable | None) -> ResponseReturnValue | None:
    """What is shown instead of the form, with the reason; None if a proposal is taken.

    While nothing is taken, the way back to the proposals; else why the table takes none of the
    reader's.
    """
    told = barred(snapshot(), Permission.SUBMIT_PROPOSAL, current_cycle().id)
    if told is not None:
        flash(str(told), "warning")
        return redirect(url_for("proposals.index"))
    refused = _why_not(table) if table else None
    if refused is None:
        return None
    return render_template("proposals/not_here.html", table=table, refused=refused), 403


def _choices(table: ThematicTable | None) -> Mapping[str, Any]:
    """What the form of a proposal offers to choose among, and which files it takes."""
    session, cycle_id = snapshot(), current_cycle().id
    return {
        "tables": [(place.id, place.name) for place in _open_tables()],
        "seated": seated_ids(session, table.id) if table else (),
        "needs": [(need.id, need.title) for need in needs(session, cycle_id)],
        "chapters": [(one.id, f"{one.number}. {one.title}") for one in chapters(session, cycle_id)],
        "priorities": [(one.id, one.title) for one in strategic_priorities(session, cycle_id)],
        **what_files_are_taken(),
    }


def _open_tables() -> list[ThematicTable]:
    """The tables whose rule lets the actor propose."""
    return [t for t in tables(snapshot(), current_cycle().id) if _why_not(t) is None]


def _why_not(table: ThematicTable) -> Sentence | None:
    return why_not_at(snapshot(), table, Deed.PROPOSE, actor().person_id, at=clock.now())
