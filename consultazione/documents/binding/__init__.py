"""Several PDFs as one, with a cover that lists them and numbers on all pages.

Those that come from others are first made anew in a process with limits (`cleaning.py`); joining
(`joining.py`) has one too.
"""
