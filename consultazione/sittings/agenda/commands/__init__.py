"""What people do with an agenda: add points, order them, put documents beside them."""
