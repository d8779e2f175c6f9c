"""Sharing among municipalities, what-ifs, participatory budgets."""
