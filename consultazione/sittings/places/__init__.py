"""Places in the hall of a sitting: who has registered for one, and who waits for it."""
