"""Commands on answers: asking an evaluator, private notes, preparing, publishing together.

Each works in the caller's transaction and records its event in the stream of the table.
"""
