"""People, organisations, mandates and roles."""
