"""The record of a sitting: running notes, statements and commitments."""
