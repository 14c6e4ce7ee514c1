"""One Chromium for all tests that look at pages: Playwright allows no second one beside it in a process."""

import os
import shutil

import pytest

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


def require(reason):
    """Skip for `reason` on a developer's machine; CI skips nothing."""
    if os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser():
    """A running Chromium, driven by Playwright."""
    if CHROMIUM is None:
        require("no Chromium found: run make system, or set CHROMIUM to its path")
    from playwright.sync_api import sync_playwright

    sandbox = hasattr(os, "geteuid") and os.geteuid() != 0
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, chromium_sandbox=sandbox)
        yield chromium
        chromium.close()
