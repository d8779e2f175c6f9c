"""Mail that comes back: answers to notices, and what could not be delivered."""
