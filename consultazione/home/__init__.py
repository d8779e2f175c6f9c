"""The home page and the reader's to-do list. The top feature: it reads all the others."""
