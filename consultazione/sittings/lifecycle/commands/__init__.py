"""Commands of a sitting as a whole: convene, rehearse, open, suspend, close."""
