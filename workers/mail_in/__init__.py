"""Mail that comes back: handed over by a mail server, or read from standard input."""
