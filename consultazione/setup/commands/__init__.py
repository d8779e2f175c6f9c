"""Commands of setting up.

Each works in the caller's transaction and raises NotAllowed unless the actor holds the
permission of the same name. Drafts are private and record no event; all else records one.
"""
