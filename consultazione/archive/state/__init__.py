"""The rows behind the pages of a cycle, in published form: what a restored cycle is made from.

`kept` says which rows and columns an archive has, `rows` finds them, `names` knows which names
pages show, `writing` puts them into the archive; `archive.restoring.rows` puts them back.
"""
