"""Live sittings: agenda, attendance, floor and polls."""
