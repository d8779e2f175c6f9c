"""What whoever runs an installation does from a terminal: back it up, restore it, examine it."""
