"""Materials that are put right: replaced, renamed, withdrawn."""
