"""That two accounts are of one human: the proposal of an office, and what became of it."""
