"""Pages of proposals: the list, one with its way forward, supports and decisions."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from consultazione.comments import labels as comment_labels
from consultazione.comments.anchors import passages
from consultazione.comments.digests.labels import GROUPS
from consultazione.comments.digests.queries import digest_of
from consultazione.comments.queries import (
    COMMENTS_A_PAGE,
    Order,
    Thread,
    count_comments,
    count_positions,
    threads,
)
from consultazione.comments.schemas import CommentSchema
from consultazione.core import clock, log
from consultazione.core.permissions import Permission, require
from consultazione.people.queries import valid_mandates
from consultazione.plan.fates import fate_of, fates
from consultazione.plan.pedigree import way_forward
from consultazione.proposals.amendments.queries import count_amendments
from consultazione.proposals.answers.beside_views import answered
from consultazione.proposals.blueprint import pages
from consultazione.proposals.commands.lifecycle import (
    admit_proposal,
    refuse_proposal,
    withdraw_proposal,
)
from consultazione.proposals.commands.supporting import support_proposal, withdraw_support
from consultazione.proposals.cosigners.models import ProposalCosigner
from consultazione.proposals.cosigners.queries import invitation_for, signers_of
from consultazione.proposals.history import files_of, last_change
from consultazione.proposals.labels import STATES
from consultazione.proposals.lineage import labels as lineage_labels
from consultazione.proposals.lineage.models import Way
from consultazione.proposals.lineage.queries import origins_of, successors_of
from consultazione.proposals.list_views import asked_filter, filter_args
from consultazione.proposals.locking import is_settled
from consultazione.proposals.models import Proposal, ProposalState
from consultazione.proposals.needs import needs_of
from consultazione.proposals.queries import (
    get_proposal,
    support_by,
    supports_by_category,
    supports_of_earlier_texts,
)
from consultazione.proposals.schemas import RefusalSchema
from consultazione.proposals.search import find_proposals
from consultazione.tables.events import table_stream
from consultazione.tables.on_paper.queries import papers_of
from consultazione.tables.queries import tables
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, current_cycle
from consultazione.web.few_at_once import few_at_once
from consultazione.web.forms import Form, act
from consultazione.web.last_update import page_follows
from consultazione.web.page_context import is_archived
from consultazione.web.paging import paged
from consultazione.web.request_db import actor, renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter, reads_much
from consultazione.web.url_converters import asked_id, sent_id

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


@pages.get("/proposte/<int:proposal_id>")
def show(proposal_id: int) -> ResponseReturnValue:
    """A proposal with its supports, its comments and its way forward.

    One that was forwarded leads to where it is now, unless `?origine=1` asks for it as it was.
    """
    session = snapshot()
    proposal = get_proposal(session, proposal_id)
    if forwarded := _forwarded(proposal):
        return redirect(_page(forwarded))
    page_follows(table_stream(proposal.table_id))
    order = _comment_order()
    found = threads(
        session,
        proposal.id,
        order=order,
        seed=f"{actor().person_id}.{clock.today()}",
        after=asked_id("dopo") or 0,
        limit=COMMENTS_A_PAGE + 1,
    )
    shown, last = paged(found, COMMENTS_A_PAGE)
    return render_template(
        "proposals/show.html",
        proposal=proposal,
        fate=fate_of(session, proposal),
        changed=last_change(session, proposal),
        amendments=count_amendments(session, proposal.id),
        successors=successors_of(session, proposal.id),
        origins=origins_of(session, proposal.id),
        lineage=lineage_labels,
        signers=signers_of(session, proposal.id),
        invitation=_invitation(proposal),
        files=files_of(session, proposal.id),
        settled=actor().is_signed_in and is_settled(session, proposal.id),
        **answered(session, proposal),
        head=log.head(session, table_stream(proposal.table_id)),
        supports=supports_by_category(session, proposal.id),
        earlier_supports=supports_of_earlier_texts(session, proposal),
        support=support_by(session, actor().person_id, proposal.id),
        threads=shown,
        order=order,
        is_archived=is_archived(),
        passages=passages(session, [thread.comment for thread in shown]),
        next_after=last.key if last else None,
        positions=count_positions(session, proposal.id),
        papers=papers_of(session, _authors(proposal, shown)),
        digest=digest_of(session, proposal.id),
        digest_groups=GROUPS,
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
    chosen = sent_id("voice") if "voice" in request.form else None
    command = partial(support_proposal, proposal_id=proposal_id, version=read, voice=chosen)
    return act(command, done=_("Your support is counted."), to=_page(proposal_id))


@pages.post("/proposte/<int:proposal_id>/non-sostenere")
@limiter.limit(WRITING)
@auth.sign_in_required
def unsupport(proposal_id: int) -> Response:
    """Withdraw one's support."""
    command = partial(withdraw_support, proposal_id=proposal_id)
    return act(command, done=_("Your support is taken back."), to=_page(proposal_id))


def _comment_order() -> Order:
    """In which order the reader wants the comments: by themselves, a mixed one.

    An archive has the oldest first.
    """
    asked = request.args.get("ordine", "")
    known = next((order for order in Order if order.value == asked), None)
    # Addresses of comments from before there were orders go on from an id.
    return known or (Order.OLDEST if is_archived() or "dopo" in request.args else Order.MIXED)


def _authors(proposal: Proposal, shown: Iterable[Thread]) -> set[int]:
    """The accounts of who wrote the proposal and the comments that its page shows."""
    said = (comment for thread in shown for comment in (thread.comment, *thread.replies))
    return {proposal.author_id, *(comment.author_id for comment in said)}


def _forwarded(proposal: Proposal) -> int | None:
    """Where a proposal is that was forwarded to another table; None if its own page is meant."""
    if proposal.state is not ProposalState.SUPERSEDED or "origine" in request.args:
        return None
    found = successors_of(snapshot(), proposal.id)
    return next((one.to_id for one in found if one.way is Way.FORWARDED), None)


def _invitation(proposal: Proposal) -> ProposalCosigner | None:
    """The invitation to sign a proposal that its reader may answer."""
    person_id = actor().person_id
    if person_id is None:
        return None
    held = valid_mandates(snapshot(), person_id, at=clock.now())
    return invitation_for(
        snapshot(), proposal.id, person_id, [mandate.organisation_id for mandate in held]
    )


def _page(proposal_id: int) -> str:
    return url_for("proposals.show", proposal_id=proposal_id)


def _to(proposal_id: int) -> Response:
    return redirect(_page(proposal_id))
