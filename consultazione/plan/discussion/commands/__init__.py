"""Commands of the discussion of the public draft.

Each works in the caller's transaction, raises NotAllowed unless the actor holds the permission
of the same name, and records its events in the plan's stream.
"""
