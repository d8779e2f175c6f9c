"""Whether the plan is complete, and its way from the draft to approval."""
