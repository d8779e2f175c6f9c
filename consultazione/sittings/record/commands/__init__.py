"""What people write down in a sitting: running notes, statements, commitments."""
