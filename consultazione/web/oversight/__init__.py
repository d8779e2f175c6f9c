"""What the running system tells those who run it: figures, readiness, the security log."""
