"""Automatic translations of what somebody wrote, by a service that the operator names."""
