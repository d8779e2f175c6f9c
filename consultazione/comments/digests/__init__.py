"""Digests of long discussions: sentences of the comments themselves, chosen by a program."""
