"""Commands of hands, of the floor and of the list of speakers."""
