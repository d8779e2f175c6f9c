"""The site around the consultation: its pages of words, calendars, feeds, and the widget."""
