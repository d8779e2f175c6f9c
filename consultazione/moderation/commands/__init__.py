"""Commands of moderation.

Each works in the caller's transaction, raises NotAllowed unless the actor holds the permission
of the same name, and records one event beside those of the commands that hide, show and erase.
"""
