"""How documents are made."""
