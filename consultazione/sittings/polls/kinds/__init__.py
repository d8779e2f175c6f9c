"""The registry of the kinds of poll: one small class in a file of its own, one line here.

The names of a kind, of its words and of its grounds stand in `polls.labels`, for the minutes in
`minutes.compose.poll_wording`; `static/sittings/panels/polls` draws it.
"""

from __future__ import annotations

from consultazione.sittings.polls.kinds.base import PollKind
from consultazione.sittings.polls.kinds.consensus import Consensus
from consultazione.sittings.polls.kinds.multiple_choice import MultipleChoice
from consultazione.sittings.polls.kinds.ranked_choice import RankedChoice
from consultazione.sittings.polls.kinds.rating import Rating
from consultazione.sittings.polls.kinds.single_choice import SingleChoice
from consultazione.sittings.polls.kinds.yes_no_abstain import YesNoAbstain

_ALL: tuple[PollKind, ...] = (
    YesNoAbstain(),
    SingleChoice(),
    MultipleChoice(),
    Rating(),
    RankedChoice(),
    Consensus(),
)
KINDS: dict[str, PollKind] = {kind.name: kind for kind in _ALL}
DEFAULT = YesNoAbstain.name

if len(KINDS) != len(_ALL):
    raise TypeError("two kinds of poll have one name")
