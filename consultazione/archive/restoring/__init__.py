"""Bringing a cycle back from its archive into an empty installation.

`unpacking` opens the file and verifies it, `entries` puts the log back, `rows` what pages are made
from, `papers` the uploaded files. The command that does all of it is `restore_archive`.
"""
