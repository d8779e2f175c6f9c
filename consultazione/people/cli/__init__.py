"""Programs of the command line for people: each a `main`, run on the machine itself."""
