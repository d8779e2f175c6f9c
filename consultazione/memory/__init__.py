"""Memory: documents of past cycles, priorities across cycles, and what became of promises."""
