"""Commands on figures of bodies, sharing criteria, shared items and stored what-ifs.

All but those on figures and points of an agenda lock the cycle FOR UPDATE, so that a what-if is
stored from one state of it.
"""
