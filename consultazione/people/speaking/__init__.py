"""In whose name somebody speaks: each act can say it, and pages offer the choice."""
