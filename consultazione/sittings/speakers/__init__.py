"""The list of speakers: in which order, for how long, and how the time is shared."""
