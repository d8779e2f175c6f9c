"""Written questions of participants: asked, moderated, upvoted, merged, answered."""
