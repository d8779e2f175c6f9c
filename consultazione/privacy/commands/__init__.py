"""Commands of privacy.

Each works in the caller's transaction, raises NotAllowed unless the actor holds the permission
of the same name, and records one event.
"""
