"""What every feature stands on: time, errors, texts, events, the log and the transaction.

Nothing here knows Flask, Redis or the domain.
"""
