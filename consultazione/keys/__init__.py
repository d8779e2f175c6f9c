"""Keys: where they lie, the stores of the keys of secret polls, and the server's own key."""
