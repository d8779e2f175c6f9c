"""Moderation: texts are reported, somebody rules on them by a rule, and somebody else on appeal.

Nothing is hidden by a machine, and nobody rules on what they wrote or on their own ruling.
"""
