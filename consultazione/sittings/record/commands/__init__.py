"""Commands of the record: running notes, phrases, statements, commitments."""
