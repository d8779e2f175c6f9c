"""What happens in a sitting beside its record: the chat, and applause."""
