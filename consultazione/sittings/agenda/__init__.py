"""The agenda: its points, their order, and the documents beside them."""
