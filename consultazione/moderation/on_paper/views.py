"""Pages of the office: entering what came on paper, the receipt; and what became of it."""

from __future__ import annotations

from base64 import b64encode
from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.comments.labels import POSITIONS
from consultazione.core.permissions import Permission, require
from consultazione.documents.paper.qr import qr_svg
from consultazione.moderation.blueprint import pages
from consultazione.moderation.on_paper.commands import enter_paper_comment, enter_paper_proposal
from consultazione.moderation.on_paper.queries import what_became
from consultazione.moderation.on_paper.schemas import PaperCommentSchema, PaperProposalSchema
from consultazione.plan.fates import fate_of
from consultazione.proposals.queries import get_proposal
from consultazione.tables.on_paper.models import PaperText
from consultazione.tables.on_paper.queries import get_paper, paper_by_code
from consultazione.tables.queries import get_table
from consultazione.web import auth
from consultazione.web.forms import Form
from consultazione.web.hints.traces import asks_first
from consultazione.web.request_db import actor, renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter

# Who reads a receipt types its code; nobody tries many.
_READING = "30 per minute; 200 per hour"
# Who copies is asked about personal data as who writes is.
_FIRST = asks_first("title", "need", "body", "effect")


@pages.route("/tavoli/<int:table_id>/su-carta", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def paper_proposal(table_id: int) -> ResponseReturnValue:
    """Enter a proposal that came on paper."""
    table = get_table(snapshot(), table_id)
    place = {"zone_id": table.zone_id, "table_id": table.id}
    require(actor(), Permission.ENTER_PAPER_PROPOSAL, **place)
    form = Form(PaperProposalSchema())
    paper = form.perform(partial(enter_paper_proposal, table_id=table_id), before=_FIRST)
    if paper:
        return _entered(paper)
    table = get_table(renew_snapshot(), table_id)
    page = render_template("moderation/paper_proposal.html", form=form, table=table)
    return page, form.status


@pages.route("/proposte/<int:proposal_id>/su-carta", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def paper_comment(proposal_id: int) -> ResponseReturnValue:
    """Enter a comment that came on paper."""
    proposal = get_proposal(snapshot(), proposal_id)
    place = {"zone_id": proposal.table.zone_id, "table_id": proposal.table_id}
    require(actor(), Permission.ENTER_PAPER_COMMENT, **place)
    form = Form(PaperCommentSchema())
    paper = form.perform(partial(enter_paper_comment, proposal_id=proposal_id), before=_FIRST)
    if paper:
        return _entered(paper)
    proposal = get_proposal(renew_snapshot(), proposal_id)
    page = render_template(
        "moderation/paper_comment.html", form=form, proposal=proposal, positions=POSITIONS
    )
    return page, form.status


@pages.get("/su-carta/<int:paper_id>")
@auth.sign_in_required
def receipt(paper_id: int) -> ResponseReturnValue:
    """The receipt, to be printed for who has handed the text in."""
    paper = get_paper(snapshot(), paper_id)
    place = {"zone_id": paper.table.zone_id, "table_id": paper.table_id}
    require(actor(), Permission.ENTER_PAPER_COMMENT, **place)
    address = url_for("moderation.by_receipt", receipt=_spaced(paper.code), _external=True)
    page = render_template(
        "moderation/receipt.html",
        paper=paper,
        address=address,
        qr=f"data:image/svg+xml;base64,{b64encode(qr_svg(address).encode()).decode()}",
        became=what_became(snapshot(), paper),
    )
    return page, 200, {"Cache-Control": "no-store"}


@pages.get("/ricevute/<receipt>")
@limiter.limit(_READING)
def by_receipt(receipt: str) -> ResponseReturnValue:
    """What became of a text on paper, for who has its receipt."""
    session = snapshot()
    paper = paper_by_code(session, receipt)
    became = what_became(session, paper)
    on = became.proposal
    if became.comment is not None:
        on = get_proposal(session, became.comment.proposal_id)
    page = render_template(
        "moderation/by_receipt.html",
        paper=paper,
        became=became,
        proposal=on,
        fate=fate_of(session, on) if on else None,
    )
    return page, 200, {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


def _entered(paper: PaperText) -> ResponseReturnValue:
    flash(_("The text is entered. Print the receipt for who has handed it in."), "success")
    return redirect(url_for("moderation.receipt", paper_id=paper.id))


def _spaced(code: str) -> str:
    return f"{code[:5]}-{code[5:]}"
