"""Operating the site: its readiness, and the dead jobs."""
