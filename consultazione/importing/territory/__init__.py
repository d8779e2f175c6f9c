"""The document of a territory in a zone's file: read, loaded and written."""
