"""Tests of where keys lie, and of the stores of the keys of secret polls."""
