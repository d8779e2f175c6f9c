"""The functions by which the templates that show polls put them into words."""

from __future__ import annotations

from collections.abc import Mapping

from consultazione.sittings.polls.basis import names_of_organisations
from consultazione.sittings.polls.sentences import (
    annulment_of,
    arithmetic,
    counts_of,
    grounds_of,
    verdict_word,
)
from consultazione.sittings.polls.types import PollSnapshot
from consultazione.web.request_db import snapshot


def poll_words() -> Mapping[str, object]:
    """What every template that shows polls takes, by name."""
    return {
        "poll_counts": counts_of,
        "poll_grounds": grounds_of,
        "poll_arithmetic": arithmetic,
        "poll_annulment": annulment_of,
        "poll_verdict": verdict_word,
        "organisation_names": _organisation_names,
    }


def _organisation_names(poll: PollSnapshot) -> dict[int, str]:
    """The names of the organisations that are entitled in a poll, by id, in their order."""
    return names_of_organisations(snapshot(), poll["organisations"] or {})
