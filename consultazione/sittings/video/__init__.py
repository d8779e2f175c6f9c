"""The video of a sitting, which comes from another site."""
