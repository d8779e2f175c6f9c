"""Entering what somebody without internet has handed in on paper, and the receipt for it."""
