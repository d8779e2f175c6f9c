"""Documents taken into a chapter of the plan: chosen, looked at, confirmed."""
