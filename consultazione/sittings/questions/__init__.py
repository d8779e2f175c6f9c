"""Written questions of participants: moderated, upvoted, merged, answered."""
