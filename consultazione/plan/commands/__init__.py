"""Commands on the plan: forwarding outcomes, answering contributions, writing paragraphs.

Each works in the caller's transaction and records its events in the plan's stream.
"""
