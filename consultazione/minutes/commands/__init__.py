"""Commands on minutes: a worker drafts and seals them, a facilitator completes and publishes them.

Each works in the caller's transaction, raises NotAllowed without the permission of the same
name, and records its events in the minutes' stream.
"""
