"""`consultazione import`: one readable file a zone, loaded whole or not at all."""
