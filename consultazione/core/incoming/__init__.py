"""What comes from outside and is checked before anything else: files, addresses, lists."""
