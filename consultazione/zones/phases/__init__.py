"""The phases of a path: their order, the acts that move them, and what is done in which."""
