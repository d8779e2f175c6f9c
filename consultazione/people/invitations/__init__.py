"""Inviting people by mail, one or by a file, with what they are to be in the zone."""
