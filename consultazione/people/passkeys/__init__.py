"""Passkeys (W3C WebAuthn level 2): a person's own keys, kept in their devices, to sign with."""
