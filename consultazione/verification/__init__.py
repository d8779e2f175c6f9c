"""What a stranger can check of a file: whether it was published here, unaltered, sealed, signed."""
