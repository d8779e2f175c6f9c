"""What comes from outside and is checked before anything else: files, and addresses of pages."""
