"""Commands on the provincial programme.

Each works in the caller's transaction and raises NotAllowed unless the actor holds the
permission of the same name: in the territory for its programme, in the zone for its answer.
"""
