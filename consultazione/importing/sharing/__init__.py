"""Sharing in a zone's file: criteria, what-ifs, participatory budgets."""
