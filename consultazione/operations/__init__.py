"""Running the site: its state, and the jobs that were laid aside."""
