"""Programmes written as files: the sheet that can be read back, open data, the region's shape."""
