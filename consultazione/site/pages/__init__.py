"""Pages of words that a zone writes itself: contacts, legal notes, help, notices."""
