"""Commands of notices. They record nothing: `notices.models` says why."""
