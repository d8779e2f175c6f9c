"""What each kind of mail says, by the room that it tells of."""
