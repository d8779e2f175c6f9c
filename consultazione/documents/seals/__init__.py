"""The zone's seal on its documents (PAdES): who seals, sealing, what is kept of it."""
