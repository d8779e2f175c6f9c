"""The command that takes a file's interventions into a programme."""
