"""What is written down while a sitting goes on: notes, statements, commitments."""
