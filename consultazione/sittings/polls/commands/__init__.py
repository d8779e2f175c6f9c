"""What people do with polls: open, vote, count votes of the room, close."""
