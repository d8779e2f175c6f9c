"""Commands of attendance: enter, leave, check in, excuse, name substitutes."""
