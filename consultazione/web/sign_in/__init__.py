"""What stands around the sign-in of the pages: brakes against guessing, known browsers."""
