"""What may be done with a zone and its path."""
