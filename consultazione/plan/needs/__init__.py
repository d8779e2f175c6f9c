"""Needs and answers: which priorities and purposes a chapter or a block serves."""
