"""Signing in by the gateway of SPID and CIE, which speaks OpenID Connect (docs/oidc.md)."""
