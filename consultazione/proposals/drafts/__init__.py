"""Drafts of proposals, kept for their author alone until they are handed in."""
