"""What people may do with accounts, keys, organisations, mandates, roles and dead jobs."""
