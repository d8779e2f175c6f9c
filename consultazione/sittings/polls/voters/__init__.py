"""Who votes in a poll: its basis, its electorate, who has no vote and why, and its arithmetic."""
