"""Commands of the chat of a sitting."""
