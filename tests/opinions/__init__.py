"""Tests of opinion maps."""
