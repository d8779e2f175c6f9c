"""Documents attached to an act or to a gathering."""
