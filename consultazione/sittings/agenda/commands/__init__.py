"""Commands of the agenda: add points, order them, attach documents to them."""
