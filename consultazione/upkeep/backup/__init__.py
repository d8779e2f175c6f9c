"""Backups: a base of the database, its write-ahead log as it grows, the files, and keys apart.

A directory of backups (`places`) has bases, each of which is whole by itself; the log of
PostgreSQL, which leads from each of them to any later moment (`following`); and the uploaded
files, once each (`files`). Keys never lie there (`keys`).
"""
