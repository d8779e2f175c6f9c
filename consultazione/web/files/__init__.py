"""Files that people hand in and get: checked, scanned, stored, served."""
