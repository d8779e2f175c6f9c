"""Validating signed files, in a process with limits: `process.py` asks, `program.py` answers."""
