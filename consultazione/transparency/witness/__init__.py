"""Witnesses: who is asked to cosign checkpoints, and what a witness itself does (tlog-witness).

`request` is what is sent, `asking` sends it; `answering` judges it, `memory` remembers the
last checkpoint of each log, `server` serves both over HTTP.
"""
