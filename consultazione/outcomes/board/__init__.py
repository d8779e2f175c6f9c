"""The board of a sign-off: who is entitled to sign (*sottoscrittori*), and who adheres."""
