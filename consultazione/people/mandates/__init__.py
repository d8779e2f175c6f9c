"""What stands beside a mandate: its documents, and the reminders before its last day."""
