"""Proxies (*deleghe di voto*): who votes for somebody absent, in one sitting, by a written act."""
