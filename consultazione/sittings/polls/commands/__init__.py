"""Commands of polls: open, vote, enter the votes of the room, close, annul."""
