"""Commands on phases beside opening and closing them: reopening, correcting, suspending.

Each works in the caller's transaction, raises NotAllowed without the permission of the same
name, locks the whole path FOR UPDATE, and records one event in the zone's stream.
"""
