"""The annual programme in files: reading spreadsheets into it, and writing it as open data."""
