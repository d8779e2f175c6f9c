"""The file of a sitting (*fascicolo della seduta*): its documents as one PDF, chosen by the reader.

What is in it everybody may read: the notice, the agenda, the documents, the votes, the minutes
once they are approved.
"""
