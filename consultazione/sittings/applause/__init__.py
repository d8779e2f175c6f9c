"""Applause in a sitting: a number that counts towards nothing."""
