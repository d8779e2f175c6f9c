"""What is new in public, as Atom for feed readers."""
