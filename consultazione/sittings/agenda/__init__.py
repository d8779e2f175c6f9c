"""The agenda: its points, their order, and the documents attached to them."""
