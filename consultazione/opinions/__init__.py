"""Opinion maps of tables: short statements, what people think of them, and who thinks alike."""
