"""The provincial programme: its tables and projects, and what the zones answer to them."""
