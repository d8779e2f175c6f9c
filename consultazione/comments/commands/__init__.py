"""Commands on comments.

Each works in the caller's transaction, raises NotAllowed unless the actor holds the
permission of the same name, and records one event in the table's stream.
"""
