"""The approved annual programme as a document: what it is composed from, its number."""
