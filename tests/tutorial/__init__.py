"""The tutorial of `docs/tutorial.md`, followed step by step."""
