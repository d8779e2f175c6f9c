"""The home page, and what awaits its reader. Above all other features: it reads them all."""
