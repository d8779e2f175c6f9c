"""The life of a sitting: convened, rehearsed, opened, suspended, closed."""
