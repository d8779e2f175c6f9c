"""REST: the plan, its contributions with their answers, and the pedigrees."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypedDict

from flask import url_for
from flask.views import MethodView

from consultazione.plan import answers
from consultazione.plan.blueprint import rest
from consultazione.plan.commands.writing import write_paragraph
from consultazione.plan.models import Contribution, Paragraph
from consultazione.plan.pedigree import Step, StepKind, pedigree, way_forward
from consultazione.plan.queries import (
    chapter_by_number,
    contributions_after,
    get_contribution,
    get_paragraph,
    paragraphs,
    plan_status,
)
from consultazione.plan.schemas import (
    ChapterOut,
    ContributionAnswerSchema,
    ContributionArgs,
    ContributionOut,
    ParagraphOut,
    ParagraphSchema,
    StepOut,
)
from consultazione.proposals.queries import get_proposal
from consultazione.web.api import page_of, page_schema
from consultazione.web.current_zone import current_cycle
from consultazione.web.paging import Page, Paging
from consultazione.web.request_db import renew_snapshot, snapshot, transaction
from consultazione.zones.models import Chapter


class _Filter(Paging):
    """Which contributions: those that wait, those answered, or all."""

    waiting: bool | None


class _ChapterRow(TypedDict):
    """A chapter with its paragraphs; how many contributions wait and were answered."""

    chapter: Chapter
    waiting: int
    answered: int
    paragraphs: list[Paragraph]


class _StepRow(TypedDict):
    """A step of a pedigree, and the page on which it is seen."""

    kind: StepKind
    title: str
    detail: str
    at: datetime | None
    url: str | None


@rest.route("/plan")
class Plan(MethodView):
    """The cycle's plan."""

    @rest.response(200, ChapterOut(many=True))
    @rest.takes_place
    def get(self) -> list[_ChapterRow]:
        """Every chapter with its paragraphs, and how many contributions wait."""
        status = plan_status(snapshot(), current_cycle().id)
        written = paragraphs(snapshot(), [row.chapter.id for row in status])
        return [
            {
                "chapter": row.chapter,
                "waiting": row.waiting,
                "answered": row.answered,
                "paragraphs": [p for p in written if p.chapter_id == row.chapter.id],
            }
            for row in status
        ]


@rest.route("/plan/chapters/<int(max=9999):number>/paragraphs")
class Paragraphs(MethodView):
    """The paragraphs of a chapter."""

    @rest.writes(
        ParagraphOut,
        body=ParagraphSchema,
        refusals={403: "Only the plan office writes.", 404: "The plan has no such chapter."},
    )
    @rest.takes_place
    def post(self, values: dict[str, Any], number: int) -> Paragraph:
        """Write a paragraph of the office's own at the end of a chapter."""
        chapter = chapter_by_number(snapshot(), current_cycle().id, number)
        with transaction() as tx:
            return write_paragraph(tx, chapter_id=chapter.id, **values)


@rest.route("/plan/paragraphs/<int:paragraph_id>/pedigree")
class Pedigree(MethodView):
    """Where a paragraph comes from."""

    @rest.response(200, StepOut(many=True))
    @rest.alt_response(404, description="The plan has no such paragraph.")
    def get(self, paragraph_id: int) -> list[_StepRow]:
        """The steps back, from the outcome's item to the category of the author."""
        paragraph = get_paragraph(snapshot(), paragraph_id)
        return _steps(pedigree(snapshot(), paragraph.id))


@rest.route("/proposals/<int:proposal_id>/way-forward")
class WayForward(MethodView):
    """Where a proposal has led."""

    @rest.response(200, StepOut(many=True))
    @rest.alt_response(404, description="There is no such proposal.")
    def get(self, proposal_id: int) -> list[_StepRow]:
        """The steps so far, from the sitting to the paragraph of the plan."""
        proposal = get_proposal(snapshot(), proposal_id)
        return _steps(way_forward(snapshot(), proposal.id))


@rest.route("/contributions")
class Contributions(MethodView):
    """What outcomes have contributed to the plan."""

    @rest.arguments(ContributionArgs, location="query")
    @rest.response(200, page_schema(ContributionOut))
    @rest.reads_much
    @rest.takes_place
    def get(self, args: _Filter) -> Page:
        """The cycle's contributions by id, with the answers and their reasons."""
        waiting, after, limit = args["waiting"], args["after"], args["limit"]
        cycle_id = current_cycle().id
        rows = contributions_after(
            snapshot(), cycle_id, after=after, limit=limit + 1, waiting=waiting
        )
        return page_of(rows, limit, url_for("plan_api.Contributions"), waiting=waiting)


@rest.route("/contributions/<int:contribution_id>")
class ContributionResource(MethodView):
    """One contribution."""

    @rest.response(200, ContributionOut)
    @rest.alt_response(404, description="There is no such contribution.")
    def get(self, contribution_id: int) -> Contribution:
        """A contribution by its id."""
        return get_contribution(snapshot(), contribution_id)


@rest.route("/contributions/<int:contribution_id>/answer")
class Answer(MethodView):
    """The plan office's answer to a contribution."""

    @rest.writes(
        ContributionOut,
        body=ContributionAnswerSchema,
        refusals={
            403: "Only the plan office answers.",
            404: "There is no such contribution.",
            409: "It has its answer already.",
        },
    )
    def post(self, values: dict[str, Any], contribution_id: int) -> Contribution:
        """Answer a contribution, once, with a reason."""
        with transaction() as tx:
            answers.answer_contribution(tx, contribution_id=contribution_id, **values)
        return get_contribution(renew_snapshot(), contribution_id)


def _steps(steps: Iterable[Step]) -> list[_StepRow]:
    return [
        {
            "kind": step.kind,
            "title": str(step.title),
            "detail": str(step.detail),
            "at": step.at,
            "url": url_for(step.endpoint, **step.values) if step.endpoint else None,
        }
        for step in steps
    ]
