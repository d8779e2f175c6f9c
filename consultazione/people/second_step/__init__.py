"""The second step of signing in: a code of an app (RFC 6238), a passkey, or a recovery code."""
