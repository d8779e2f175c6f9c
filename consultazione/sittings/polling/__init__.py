"""Polls as they are taken: options, sealed ballots, the votes of the room, the electorate."""
