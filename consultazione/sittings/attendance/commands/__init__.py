"""What people do about attendance: come, leave, check in, excuse themselves, name substitutes."""
