"""The roll of a sitting: who was expected, who came, who was excused, who sent somebody."""
