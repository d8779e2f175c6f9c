"""What is wrong with an installation: one small function for each thing that can be.

A check is a function of a `Case` that yields findings, and a line of `registry`. It changes
nothing, sends nothing, and says for each finding what to do about it.
"""
