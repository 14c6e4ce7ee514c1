"""Every page as a reader's browser sees it: self-contained, no error, accessible, light, on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe

MOST_BYTES = 1_200_000


def test_reads_without_network_errors_or_weight(open_page, address, page_path):
    foreign, troubles, bytes_loaded = [], [], []

    def watch(page):
        def on_request(route):
            if not route.request.url.startswith((address, "data:", "blob:")):
                foreign.append(route.request.url)
                return route.abort()
            return route.continue_()

        def on_response(response):
            if response.status >= 400:
                troubles.append(f"{response.status} {response.url}")

        page.route("**/*", on_request)
        page.on("response", on_response)
        page.on("requestfinished", lambda request: bytes_loaded.append(request.sizes()["responseBodySize"]))
        page.on("console", lambda m: troubles.append(m.text) if m.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))

    page = open_page(page_path, before=watch)
    page.mouse.wheel(0, 100_000)
    page.wait_for_load_state("networkidle")
    assert foreign == []
    assert troubles == []
    assert 0 < sum(bytes_loaded) < MOST_BYTES


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(open_page, page_path, scheme):
    page = open_page(page_path, scheme=scheme)
    assert page.evaluate("document.documentElement.dataset.theme") == scheme
    for summary in page.query_selector_all("details:not([open]) > summary"):
        summary.evaluate("summary => summary.parentElement.open = true")
    found = Axe().run(page).response["violations"]
    report = [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found
        for node in violation["nodes"]
    ]
    assert not report, "\n".join(report)


@pytest.mark.parametrize("width", [390, 1024])
def test_no_page_scrolls_sideways(open_page, page_path, width):
    page = open_page(page_path, width=width, height=844)
    too_wide = page.evaluate(
        """() => document.scrollingElement.scrollWidth <= innerWidth ? [] :
        [...document.querySelectorAll("main *")]
          .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
          .slice(0, 5).map(e => e.outerHTML.slice(0, 120))"""
    )
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width, too_wide


def test_every_figure_says_what_it_shows(open_page, page_path):
    page = open_page(page_path)
    silent = page.evaluate(
        r"""() => [...document.querySelectorAll("article img, article svg, article canvas")]
          .filter(e => !e.parentElement.closest("svg"))
          .filter(e => !e.closest("[aria-hidden=true], [role=presentation]"))
          .filter(e => {
            const text = e.alt ?? e.getAttribute("aria-label") ?? e.querySelector("title")?.textContent ?? "";
            return text.trim().split(/\s+/).length < 3 || /[0-9a-f]{16}|\.(png|svg|jpe?g)$/i.test(text);
          })
          .map(e => e.outerHTML.slice(0, 120))"""
    )
    assert silent == []


def test_formulas_are_rendered(open_page, page_path):
    page = open_page(page_path)
    assert page.locator("article .katex-error, article .problematic").count() == 0
    assert page.locator("article .math").count() == page.locator("article .math:has(.katex)").count()
