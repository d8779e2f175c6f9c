"""The bare counterparts: what the same libraries do with nothing of ours around them."""
