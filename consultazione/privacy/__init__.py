"""What people may ask of who keeps data about them (GDPR, chapter III), and how long it stays.

Downloading one's own data, leaving, retention, and the register of what is done with data.
"""
