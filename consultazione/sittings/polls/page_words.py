"""The functions by which the templates that show polls put them into words."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from consultazione.sittings.polls.sentences import (
    annulment_of,
    counts_of,
    grounds_of,
    verdict_word,
)
from consultazione.sittings.polls.types import PollSnapshot
from consultazione.sittings.polls.voters.arithmetic import arithmetic
from consultazione.sittings.polls.voters.basis import names_of_organisations


def poll_words(session: Session) -> Mapping[str, object]:
    """What every template that shows polls takes, by name."""

    def organisation_names(poll: PollSnapshot) -> dict[int, str]:
        """The organisations that are entitled in a poll, by id, in the order of their names."""
        return names_of_organisations(session, poll["organisations"] or {})

    return {
        "poll_counts": counts_of,
        "poll_grounds": grounds_of,
        "poll_arithmetic": arithmetic,
        "poll_annulment": annulment_of,
        "poll_verdict": verdict_word,
        "organisation_names": organisation_names,
    }
