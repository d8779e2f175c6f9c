"""Asking the index: words, results page by page, passages, what is near, what is similar."""
