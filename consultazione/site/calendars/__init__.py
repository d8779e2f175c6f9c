"""A person’s own calendar, at an address that is a secret."""
