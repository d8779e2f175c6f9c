"""What everybody can read of an organisation, and of a person in a public role."""
