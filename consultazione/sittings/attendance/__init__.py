"""Attendance: the roll, arrivals and departures, excuses, substitutes, check-in in the hall."""
