"""The calendar of a cycle: its days on a page, and as iCalendar for other programs."""
