"""Every topic, one line each: who is told of which kind of entry, and what.

Where two topics have the same kind of entry, each person is told by the first that concerns them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from consultazione.core.events import Event
from consultazione.notices.told import Topic
from consultazione.notices.topics.answers import (
    AnswersReleased,
    EvaluationAsked,
    ProposalAnswer,
    ProposalForwarded,
)
from consultazione.notices.topics.comments import CommentAdded
from consultazione.notices.topics.corrections import CorrectionSettled
from consultazione.notices.topics.mandates import MandateChanged, MandateToConfirm
from consultazione.notices.topics.minutes import CorrectionsOpen, MinutesPublic
from consultazione.notices.topics.outcomes import OutcomeEnded, OutcomeSent, SignatureAwaited
from consultazione.notices.topics.plan import AnswerChanged, ContributionSettled
from consultazione.notices.topics.proposals import (
    ProposalAdded,
    ProposalChanged,
    ProposalSettled,
)
from consultazione.notices.topics.roles import RoleChanged
from consultazione.notices.topics.sittings import SittingCalled, SittingChanged, SittingGoesOn

ALL: Sequence[Topic] = (
    CommentAdded(),
    ProposalAdded(),
    ProposalSettled(),
    ProposalChanged(),
    EvaluationAsked(),
    AnswersReleased(),
    ProposalAnswer(),
    ProposalForwarded(),
    SittingCalled(),
    SittingChanged(),
    SittingGoesOn(),
    CorrectionsOpen(),
    CorrectionSettled(),
    MinutesPublic(),
    SignatureAwaited(),
    OutcomeSent(),
    OutcomeEnded(),
    ContributionSettled(),
    AnswerChanged(),
    MandateToConfirm(),
    MandateChanged(),
    RoleChanged(),
)
BY_NAME: Mapping[str, Topic] = {topic.name: topic for topic in ALL}


def _by_event() -> dict[type[Event], list[Topic]]:
    found: dict[type[Event], list[Topic]] = defaultdict(list)
    for topic in ALL:
        for event in topic.events:
            found[event].append(topic)
    return dict(found)


BY_EVENT: Mapping[type[Event], Sequence[Topic]] = _by_event()
