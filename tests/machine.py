"""What tests need of the machine they run on, and what happens where it is missing."""

import os

import pytest


def require(reason):
    """Skip for `reason` on a developer's machine; CI skips nothing."""
    if os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)
