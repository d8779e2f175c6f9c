"""What may be done with proposals."""

from __future__ import annotations

from consultazione.proposals.commands.life import (
    admit_proposal,
    refuse_proposal,
    submit_proposal,
    withdraw_proposal,
)
from consultazione.proposals.commands.place import require_standing
from consultazione.proposals.commands.supporting import support_proposal, withdraw_support

__all__ = [
    "admit_proposal",
    "refuse_proposal",
    "require_standing",
    "submit_proposal",
    "support_proposal",
    "withdraw_proposal",
    "withdraw_support",
]
