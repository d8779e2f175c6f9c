"""What readers say of a page: whether it was useful, and what is missing."""
