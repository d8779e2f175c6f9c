"""Tests of the annual programme and its money."""
