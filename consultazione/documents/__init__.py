"""How documents are made: which characters they can show, and a process that sets them."""
