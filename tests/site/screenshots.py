"""Pictures of the site, light, dark and on a phone: `python tests/site/screenshots.py FOLDER PAGE...`."""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
VIEWS = {
    "light": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark"},
    "tablet": {"viewport": {"width": 1024, "height": 768}, "color_scheme": "light"},
    "phone": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light", "device_scale_factor": 2},
}


def main():
    """Take one picture a page and view; FULL=1 takes the whole page instead of the first screen."""
    if len(sys.argv) < 3:
        sys.exit("usage: python tests/site/screenshots.py FOLDER PAGE... (e.g. pictures index.html)")
    site = Path(os.environ.get("GLASSNET_SITE", ROOT / "_build" / "html")).resolve()
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    sandbox = hasattr(os, "geteuid") and os.geteuid() != 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, chromium_sandbox=sandbox)
        for name, view in VIEWS.items():
            context = browser.new_context(**view, reduced_motion="reduce")
            for path in sys.argv[2:]:
                page = context.new_page()
                page.goto((site / path).as_uri())
                page.wait_for_load_state("networkidle")
                picture = folder / f"{path.removesuffix('.html').replace('/', '-')}-{name}.png"
                page.screenshot(path=picture, full_page=bool(os.environ.get("FULL")))
                print(picture)
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
