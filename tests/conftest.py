"""What tests need of the machine: one Chromium for all (Playwright allows no second), a sandbox."""

import os
import shutil

import pytest
from machine import require

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


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


@pytest.fixture(scope="session")
def bubblewrap():
    """See that grading has its sandbox."""
    if shutil.which("bwrap") is None:
        require("no bubblewrap found: run make system")
