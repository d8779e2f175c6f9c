"""Commands on strategies and decisions.

Each works in the caller's transaction, raises NotAllowed unless the actor holds the permission
of the same name, and records one event in the plan's stream. Decisions may be entered after the
plan's approval too: they change no word of its text.
"""
