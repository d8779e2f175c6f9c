"""The kinds of poll: one small class a file, and one line here."""

from __future__ import annotations

from consultazione.sittings.polls.base import PollKind
from consultazione.sittings.polls.yes_no_abstain import YesNoAbstain

_ALL: tuple[PollKind, ...] = (YesNoAbstain(),)
KINDS: dict[str, PollKind] = {kind.name: kind for kind in _ALL}
DEFAULT = YesNoAbstain.name

if len(KINDS) != len(_ALL):
    raise TypeError("two kinds of poll have one name")
