"""Requests that are sent twice: recognised by their key, and answered as the first was."""
