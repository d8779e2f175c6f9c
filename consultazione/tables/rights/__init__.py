"""Who may do what at a table: its rule, the persons admitted to it, and what is asked of both."""
