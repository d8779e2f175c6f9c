"""What people do with hands and with the floor."""
