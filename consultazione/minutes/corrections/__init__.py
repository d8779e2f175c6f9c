"""MinutesCorrection and approval of a draft: the days for it, its texts, its pages."""
