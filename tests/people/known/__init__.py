"""People who are known: invitations, names, accreditation, mandates, voices."""
