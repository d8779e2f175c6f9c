"""Commands of written questions: ask, upvote, show, hide, merge, answer."""
