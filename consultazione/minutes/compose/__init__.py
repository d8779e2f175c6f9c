"""Composing minutes: pure functions from the entries of one sitting to a document."""
