"""What happens after a commit: the dispatcher, the jobs and who reacts to what."""
