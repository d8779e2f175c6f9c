"""What people do with a sitting as a whole: convene, rehearse, open, suspend, close."""
