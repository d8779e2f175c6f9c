"""Answers to proposals: who evaluates one, what they prepare, and what is published together."""
