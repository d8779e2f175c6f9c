"""The product in real browsers, as several people at the same time."""
