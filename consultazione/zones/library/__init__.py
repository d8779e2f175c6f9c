"""The library of norms and guidelines, and the checks of what cites them."""
