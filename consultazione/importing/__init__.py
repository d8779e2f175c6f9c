"""`consultazione import`: loads a zone from one readable file, completely or not at all."""
