"""Mail that is owed."""
