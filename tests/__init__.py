"""The tests: a folder a feature, and what they share in `tests.support`."""

from __future__ import annotations

import pytest

# A helper that asserts says what differs, as a test module does.
pytest.register_assert_rewrite("tests.support")
