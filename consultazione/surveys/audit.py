"""What surveys must say by their streams; who answered what stands in none."""

from __future__ import annotations

from consultazione.core.audit import AT, Audit, Is, Past, adds, drops, hashed, register, sets
from consultazione.surveys.models import Survey, SurveyQuestion

_OF = {"id": "survey_id"}


def _is_shown(entry: Past) -> bool:
    """Of too few people nothing is shown."""
    return entry.data["results_sha256"] is not None


SURVEY = Audit(
    Survey,
    adds(
        "survey.prepared",
        **_OF,
        table_id="table_id",
        sitting_id="sitting_id",
        point_id="point_id",
        least_group="least_group",
        title="title",
        intro="intro",
        prepared_at=AT,
        opened_at=Is(None),
        closed_at=Is(None),
        participants=Is(None),
        results=Is(None),
    ),
    sets("survey.opened", **_OF, opened_at=AT),
    sets("survey.closed", **_OF, closed_at=AT, participants="participants"),
    sets("survey.closed", when=_is_shown, **_OF, results=hashed("results_sha256")),
    drops("survey.discarded", **_OF),
)
QUESTION = Audit(
    SurveyQuestion,
    adds(
        "survey.question_added",
        id="question_id",
        survey_id="survey_id",
        number="number",
        kind="question_kind",
        body="body",
        options="options",
    ),
    drops("survey.question_removed", id="question_id"),
    drops("survey.discarded", survey_id="survey_id"),
)

register("survey", audits=(SURVEY, QUESTION), apart=True)
