"""Pages of proposals: the list, a new one, one with its way forward, supports and decisions."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from consultazione.comments import labels as comment_labels
from consultazione.comments.queries import (
    COMMENTS_A_PAGE,
    comments,
    count_comments,
    count_positions,
)
from consultazione.comments.schemas import CommentSchema
from consultazione.core import clock, log
from consultazione.core.errors import Sentence
from consultazione.core.permissions import Permission, require
from consultazione.plan.fates import fate_of, fates
from consultazione.plan.pedigree import way_forward
from consultazione.proposals.blueprint import pages
from consultazione.proposals.commands.lifecycle import (
    admit_proposal,
    refuse_proposal,
    submit_proposal,
    withdraw_proposal,
)
from consultazione.proposals.commands.supporting import support_proposal, withdraw_support
from consultazione.proposals.file_views import what_files_are_taken
from consultazione.proposals.history import files_of, last_change
from consultazione.proposals.keeping import MOST_FILES
from consultazione.proposals.labels import STATES
from consultazione.proposals.list_views import asked_filter, filter_args
from consultazione.proposals.locking import is_settled
from consultazione.proposals.needs import needs, needs_of
from consultazione.proposals.queries import (
    get_proposal,
    support_by,
    supports_by_category,
    supports_of_earlier_texts,
)
from consultazione.proposals.schemas import ProposalAtTableSchema, ProposalSchema, RefusalSchema
from consultazione.proposals.search import find_proposals
from consultazione.tables.events import table_stream
from consultazione.tables.models import ThematicTable
from consultazione.tables.queries import table_by_slug, tables
from consultazione.tables.rights.standing import why_not_at
from consultazione.tables.rules import Deed
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, current_cycle
from consultazione.web.few_at_once import few_at_once
from consultazione.web.files import stored as files
from consultazione.web.forms import Form, act
from consultazione.web.last_update import page_follows
from consultazione.web.paging import paged
from consultazione.web.request_db import actor, renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter, reads_much
from consultazione.web.url_converters import asked_id, sent_id
from consultazione.zones.phases.when import barred

_A_PAGE = 18


@pages.get(f"{IN_CYCLE}/proposte")
@reads_much("q")
@few_at_once("q")
def index() -> str:
    """The cycle's proposals, filtered by table, state and words; newest or most supported first."""
    session, places = snapshot(), tables(snapshot(), current_cycle().id)
    page_follows(*(table_stream(table.id) for table in places))
    chosen = asked_filter(places)
    after = request.args.get("dopo", "")
    rows = find_proposals(session, chosen, after=after, limit=_A_PAGE + 1)
    shown, last = paged(rows, _A_PAGE)
    return render_template(
        "proposals/index.html",
        proposals=shown,
        fates=fates(session, [listed.proposal for listed in shown]),
        comment_counts=count_comments(session, [listed.proposal.id for listed in shown]),
        next_key=last.key if last else None,
        asked=filter_args(),
        which=chosen,
        tables=places,
        states=STATES,
    )


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
    command = partial(submit_proposal, table_id=table.id) if table else submit_proposal
    proposal = form.perform(command, before=partial(files.with_files, MOST_FILES))
    if proposal:
        flash(_("The proposal is handed in: the facilitator will read it."), "success")
        return _to(proposal.id)
    return render_template("proposals/new.html", form=form, table=table, **_choices()), form.status


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


@pages.get("/proposte/<int:proposal_id>")
def show(proposal_id: int) -> str:
    """A proposal with its supports, its comments and its way forward."""
    session = snapshot()
    proposal = get_proposal(session, proposal_id)
    page_follows(table_stream(proposal.table_id))
    after = asked_id("dopo") or 0
    rows = comments(session, proposal.id, after=after, limit=COMMENTS_A_PAGE + 1)
    shown, last = paged(rows, COMMENTS_A_PAGE)
    return render_template(
        "proposals/show.html",
        proposal=proposal,
        fate=fate_of(session, proposal),
        changed=last_change(session, proposal),
        files=files_of(session, proposal.id),
        settled=is_settled(session, proposal.id),
        head=log.head(session, table_stream(proposal.table_id)),
        supports=supports_by_category(session, proposal.id),
        earlier_supports=supports_of_earlier_texts(session, proposal),
        support=support_by(session, actor().person_id, proposal.id),
        comments=shown,
        next_after=last.id if last else None,
        positions=count_positions(session, proposal.id),
        labels=comment_labels,
        comment_form=Form(CommentSchema()),
        steps=way_forward(session, proposal.id),
        needs=needs_of(session, proposal.id),
    )


@pages.route("/proposte/<int:proposal_id>/non-ammettere", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def refuse(proposal_id: int) -> ResponseReturnValue:
    """Refuse to admit a proposal, with a public reason."""
    proposal = get_proposal(snapshot(), proposal_id)
    place = {"zone_id": proposal.table.zone_id, "table_id": proposal.table_id}
    require(actor(), Permission.REFUSE_PROPOSAL, **place)
    form = Form(RefusalSchema(), {"version": proposal.version})
    if form.perform(partial(refuse_proposal, proposal_id=proposal_id)):
        flash(_("The proposal is not admitted; the reason is on its page."), "success")
        return _to(proposal_id)
    proposal = get_proposal(renew_snapshot(), proposal_id)
    form.values["version"] = proposal.version  # of the text that the page shows beside the form
    return render_template("proposals/refuse.html", form=form, proposal=proposal), form.status


@pages.post("/proposte/<int:proposal_id>/ammetti")
@limiter.limit(WRITING)
@auth.sign_in_required
def admit(proposal_id: int) -> Response:
    """Admit a proposal to discussion, in the text that was shown."""
    read = sent_id("version") or None
    command = partial(admit_proposal, proposal_id=proposal_id, version=read)
    return act(command, done=_("The proposal is admitted to discussion."), to=_page(proposal_id))


@pages.post("/proposte/<int:proposal_id>/ritira")
@limiter.limit(WRITING)
@auth.sign_in_required
def withdraw(proposal_id: int) -> Response:
    """Withdraw one's own proposal."""
    command = partial(withdraw_proposal, proposal_id=proposal_id)
    return act(command, done=_("The proposal is withdrawn."), to=_page(proposal_id))


@pages.post("/proposte/<int:proposal_id>/sostieni")
@limiter.limit(WRITING)
@auth.sign_in_required
def support(proposal_id: int) -> Response:
    """Support somebody else's proposal, in the text that was shown."""
    read = sent_id("version") or None
    command = partial(support_proposal, proposal_id=proposal_id, version=read)
    return act(command, done=_("Your support is counted."), to=_page(proposal_id))


@pages.post("/proposte/<int:proposal_id>/non-sostenere")
@limiter.limit(WRITING)
@auth.sign_in_required
def unsupport(proposal_id: int) -> Response:
    """Withdraw one's support."""
    command = partial(withdraw_support, proposal_id=proposal_id)
    return act(command, done=_("Your support is taken back."), to=_page(proposal_id))


def _choices() -> Mapping[str, Any]:
    """The tables and the needs that the form of a proposal offers, and which files it takes."""
    return {
        "tables": [(place.id, place.name) for place in _open_tables()],
        "needs": [(need.id, need.title) for need in needs(snapshot(), current_cycle().id)],
        **what_files_are_taken(),
    }


def _open_tables() -> list[ThematicTable]:
    """The tables whose rule lets the actor propose."""
    return [t for t in tables(snapshot(), current_cycle().id) if _why_not(t) is None]


def _why_not(table: ThematicTable) -> Sentence | None:
    return why_not_at(snapshot(), table, Deed.PROPOSE, actor().person_id, at=clock.now())


def _page(proposal_id: int) -> str:
    return url_for("proposals.show", proposal_id=proposal_id)


def _to(proposal_id: int) -> Response:
    return redirect(_page(proposal_id))
