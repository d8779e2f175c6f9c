"""The room of a sitting: its snapshot, its sentences, its pages. Reads all other parts."""
