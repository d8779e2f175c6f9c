"""Texts that wait at a table until somebody has read them: nobody else sees that they are there."""
