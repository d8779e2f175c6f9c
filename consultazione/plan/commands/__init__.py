"""What happens to the plan: outcomes are forwarded, contributions answered, paragraphs written."""

from __future__ import annotations

from consultazione.plan.commands.answering import (
    redirect_contribution,
    refuse_contribution,
    take_in,
    take_in_part,
)
from consultazione.plan.commands.forwarding import forward_outcome
from consultazione.plan.commands.writing import write_paragraph

__all__ = [
    "forward_outcome",
    "redirect_contribution",
    "refuse_contribution",
    "take_in",
    "take_in_part",
    "write_paragraph",
]
