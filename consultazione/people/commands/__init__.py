"""Commands on accounts, API tokens, organisations, mandates and roles.

Each works in the caller's transaction and, unless its docstring says otherwise, raises
NotAllowed if the actor lacks the permission of the same name.
"""
