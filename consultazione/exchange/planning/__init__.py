"""What a file would change in a programme: worked out for the preview, and again to do it."""
