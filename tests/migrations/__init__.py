"""Tests of the migrations, each on rows that it has to carry, up and down."""
