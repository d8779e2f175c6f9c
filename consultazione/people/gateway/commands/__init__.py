"""Signing in by the gateway, and linking an account to it."""
