"""The archive of a cycle: all that a visitor may read of it, in one file to leave with.

`pages` freezes the pages of the site, `entries` publishes the log, `data` writes tables, `papers`
the documents with their metadata, `bag` packs all of it as BagIt has it, and `export` puts them
together. `verify` goes into each archive: it proves to a stranger that the archive is whole.
`restore` brings a cycle back into an empty installation. docs/archive.md is the manual.
"""
