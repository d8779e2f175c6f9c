"""The life of a formal act: its corrections, its approval, and who signs an agreement."""
