"""What every feature stands on: time, errors, texts, events, the log and the transaction.

Nothing here knows the domain, the settings, or a library of the edges: where core needs a
translator or an event loop's threads, the edge installs a function (`sentences`,
`threadpool`). `tests/architecture/test_bare_core.py` lists what may be imported.
"""
