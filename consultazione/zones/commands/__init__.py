"""Commands on a zone and its path.

Each works in the caller's transaction, raises NotAllowed unless the actor holds the
permission of the same name, and records one event in the zone's stream.
"""
