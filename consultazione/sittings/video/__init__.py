"""The video of a sitting, which another site hosts."""
