"""The built site on a local port."""

import os
from pathlib import Path

import pytest
from servers import serve

ROOT = Path(__file__).parents[2]
SITE = Path(os.environ.get("GLASSNET_SITE", ROOT / "_build" / "html"))


@pytest.fixture(scope="session")
def _required():
    """The finished site, or the reason to skip."""
    if not (SITE / "index.html").exists():
        reason = f"no finished site at {SITE}: run make book"
        pytest.fail(reason, pytrace=False) if os.environ.get("CI") else pytest.skip(reason)


def pytest_generate_tests(metafunc):
    """Run a test that asks for a `page_path` on every page of the site."""
    if "page_path" in metafunc.fixturenames:
        pages = sorted(
            p.relative_to(SITE).as_posix() for p in SITE.rglob("*.html") if "_static" not in p.parts
        )
        metafunc.parametrize("page_path", pages or ["index.html"])


def pytest_collection_modifyitems(items):
    """Everything in this folder needs the built site."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.site)


@pytest.fixture(scope="session")
def site(_required) -> Path:
    """The folder of the built site."""
    return SITE


@pytest.fixture(scope="session")
def address(_required):
    """Address of the site on this machine, without a slash at the end."""
    with serve(SITE) as address:
        yield address


@pytest.fixture
def open_page(browser, address):
    """A function that opens a page of the site in a window of its own and returns it when it is still."""
    contexts = []

    def open_page(path, width=1440, height=900, scheme="light", before=None):
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
        )
        contexts.append(context)
        page = context.new_page()
        if before:
            before(page)
        page.goto(f"{address}/{path}")
        page.wait_for_load_state("networkidle")
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def open_figure(browser):
    """A function that opens an interactive figure of `book/_figures` by itself; no script may fail in it."""
    pages, errors = [], []

    def open_(name):
        page = browser.new_page()
        pages.append(page)
        page.on("pageerror", lambda error: errors.append(error))
        page.set_content((ROOT / "book" / "_figures" / f"{name}.html").read_text(encoding="utf-8"))
        return page

    yield open_
    assert not errors
    for page in pages:
        page.close()
