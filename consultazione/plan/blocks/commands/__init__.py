"""Commands on the blocks of the plan.

Each works in the caller's transaction, locks the chapters that it touches and then the block,
raises NotAllowed unless the actor holds the permission of the same name, NotFound if there is
no such block, and Conflict if the plan is ready or approved; it records one event in the
plan's stream.
"""
