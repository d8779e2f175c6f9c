"""Attendance: who was expected, who came and left, who was excused, who sent a substitute."""
