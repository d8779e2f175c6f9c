"""Commands on the memory: the archive, priorities across cycles, assessments.

Each works in the caller's transaction, raises NotAllowed unless the actor holds the permission
of the same name, and records one event in the zone's memory stream.
"""
