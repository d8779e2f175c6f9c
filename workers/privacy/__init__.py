"""Jobs about personal data: copies for their owners, and what is kept no longer."""
