"""REST: a survey with its questions, and its numbers once it is closed."""

from __future__ import annotations

from flask.views import MethodView

from consultazione.surveys.blueprint import rest
from consultazione.surveys.models import Survey
from consultazione.surveys.queries import get_opened
from consultazione.surveys.schemas import SurveyOut
from consultazione.web.request_db import snapshot


@rest.route("/surveys/<int:survey_id>")
class SurveyResource(MethodView):
    """One survey."""

    @rest.response(200, SurveyOut)
    @rest.alt_response(404, description="There is no such survey, or it was not opened yet.")
    def get(self, survey_id: int) -> Survey:
        """A survey by its id."""
        return get_opened(snapshot(), survey_id)
