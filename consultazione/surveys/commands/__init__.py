"""Commands on surveys: prepared question by question, opened, answered, closed.

Answering locks the survey FOR SHARE, everything else FOR UPDATE: no answer slips past the closing.
All raise NotFound if there is no such survey, NotAllowed for who may not.
"""
