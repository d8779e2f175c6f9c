"""The lifecycle of a sitting: convened, rehearsed, opened, suspended, closed."""
