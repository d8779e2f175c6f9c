"""What people do with written questions: ask, upvote, show, merge, answer."""
