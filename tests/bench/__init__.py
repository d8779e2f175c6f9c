"""Benchmarks: each compares the product with something bare in the same run."""
