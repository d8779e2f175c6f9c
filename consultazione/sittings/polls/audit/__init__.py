"""What polls and their votes must say by the log."""

from __future__ import annotations

from consultazione.sittings.polls.audit import polls, votes

ALL = (polls, votes)
