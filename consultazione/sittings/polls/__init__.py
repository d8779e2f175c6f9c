"""Polls: rules, electorate, ballots, counting and receipts; `kinds` has a class for each kind."""
