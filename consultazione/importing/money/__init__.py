"""The money in a zone's file: funds and annual programmes."""
