"""Seats at tables: given back, and an organisation that leaves the register."""
