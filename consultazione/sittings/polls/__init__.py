"""Polls: their rules, electorate, ballots, counting and receipts; `kinds` has one class a kind."""
