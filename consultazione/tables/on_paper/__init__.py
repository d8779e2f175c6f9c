"""Texts that somebody without internet has handed in on paper, and who has typed them."""
