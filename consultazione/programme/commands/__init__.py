"""Commands on the annual programme and its money.

Each works in the caller's transaction, raises NotAllowed unless the actor holds the
permission of the same name, and records its events in the programme's stream; those on funds
record in the zone's. What changes a sum waits for the zone's turn and leaves the sums right.
A programme that is approved changes by corrections, each with its reason.
"""
