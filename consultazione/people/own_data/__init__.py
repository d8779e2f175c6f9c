"""What people change of their own account: name, address, sign-ins."""
