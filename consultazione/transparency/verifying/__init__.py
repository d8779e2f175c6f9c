"""Verifying a whole log: its chains, its texts, its tree, and what was signed of it.

`sweep` reads entries once, in the order of commits, and is fast because it only notes which
streams to look at again; `chains` puts the parts of a sweep together and names what is wrong;
`signed` holds tree and checkpoints against the entries. `parts` shares a sweep out.
"""
