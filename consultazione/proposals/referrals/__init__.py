"""Referrals: a proposal is forwarded to a body outside of the tables, which answers it."""
