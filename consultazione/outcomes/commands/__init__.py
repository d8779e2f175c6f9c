"""Commands on outcomes: a worker opens one, unions answer it, its rule closes it.

Each works in the caller's transaction and records its events in the outcome's stream.
"""
