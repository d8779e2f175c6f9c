"""Tests of the live room: its reducer, its messages, its presence and its page."""
