"""Every page as a reader's browser sees it, loaded once and looked at in light, in dark and on a phone.

It asks for nothing from elsewhere, reports no error, is light and accessible, its figures say what they show,
its formulas are rendered, and nothing is wider than the screen.
"""

from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe

MOST_BYTES = 1_200_000  # without compression, as from a folder
MOST_BYTES_OF_SEARCH = 2_200_000  # that page alone needs the words of all others
# Rules whose result depends on colours, and on the width: the others need no second look.
COLOURS, WIDTH = ["color-contrast", "link-in-text-block"], ["scrollable-region-focusable"]

SILENT = r"""() => [...document.querySelectorAll("article img, article svg, article canvas")]
  .filter(e => !e.parentElement.closest("svg"))
  .filter(e => !e.closest("[aria-hidden=true], [role=presentation]"))
  .filter(e => {
    const text = e.alt ?? e.getAttribute("aria-label") ?? e.querySelector("title")?.textContent ?? "";
    return text.trim().split(/\s+/).length < 3 || /[0-9a-f]{16}|\.(png|svg|jpe?g)$/i.test(text);
  })
  .map(e => `says nothing: ${e.outerHTML.slice(0, 120)}`)"""

UNRENDERED = """() => [...document.querySelectorAll(
    "article .katex-error, article .problematic, article .math:not(:has(.katex))")]
  .map(e => `not rendered: ${e.outerHTML.slice(0, 120)}`)"""

TOO_WIDE = """() => document.scrollingElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll("main *")]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 5).map(e => `wider than ${innerWidth} px: ${e.outerHTML.slice(0, 120)}`)"""

# One element for every character in every font of the formulas.
GLYPHS = r"""() => {
  const seen = new Set();
  for (const e of document.querySelectorAll(".katex-html *")) {
    const text = [...e.childNodes].filter(n => n.nodeType === 3).map(n => n.data).join("");
    const { fontFamily, fontWeight, fontStyle } = getComputedStyle(e);
    const font = fontFamily + fontWeight + fontStyle;
    const fresh = [...text].filter(c => !/[\s\u200b]/.test(c) && !seen.has(c + font));
    fresh.forEach(c => seen.add(c + font));
    if (fresh.length) e.dataset.glyph = "";
  }
}"""

OPEN = "() => document.querySelectorAll('details').forEach(box => { box.open = true })"


def axe(page, rules=None):
    """What axe complains about."""
    options = {"preload": False}  # axe would load style sheets once more, from places they are not at
    if rules:
        options["runOnly"] = {"type": "rule", "values": rules}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found
        for node in violation["nodes"]
    ]


def borrowed_letters(page):
    """Characters of formulas that the browser takes from a font of the system's, since ours lacks them."""
    page.evaluate(GLYPHS)
    tools = page.context.new_cdp_session(page)
    for part in ("DOM", "CSS"):
        tools.send(f"{part}.enable")
    root = tools.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    marked = tools.send("DOM.querySelectorAll", {"nodeId": root, "selector": "[data-glyph]"})["nodeIds"]
    for node in marked:
        fonts = tools.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        if any(not font["isCustomFont"] for font in fonts):
            yield f"not in our fonts: {tools.send('DOM.getOuterHTML', {'nodeId': node})['outerHTML'][:120]}"


def test_page(open_page, address, site, page_path):
    troubles, loaded = [], []

    def watch(page):
        def on_request(route):
            if not route.request.url.startswith((address, "data:", "blob:")):
                troubles.append(f"asks elsewhere: {route.request.url}")
                return route.abort()
            return route.continue_()

        def on_response(response):
            if response.status >= 400:
                troubles.append(f"{response.status} {response.url}")

        page.route("**/*", on_request)
        page.on("response", on_response)
        page.on("requestfinished", lambda request: loaded.append(urlsplit(request.url).path))
        page.on(
            "console",
            lambda m: troubles.append(f"console: {m.text}") if m.type in {"error", "warning"} else None,
        )
        page.on("pageerror", lambda error: troubles.append(f"script: {error}"))

    page = open_page(page_path, before=watch)
    page.mouse.wheel(0, 100_000)
    page.wait_for_load_state("networkidle")
    files = [site / path.lstrip("/") for path in set(loaded)]
    weight = sum(file.stat().st_size for file in files if file.is_file())
    if not 0 < weight < (MOST_BYTES_OF_SEARCH if page_path == "search.html" else MOST_BYTES):
        troubles.append(f"loads {weight:,} bytes")
    troubles += page.evaluate(SILENT) + page.evaluate(UNRENDERED)
    troubles += borrowed_letters(page)

    page.evaluate(OPEN)
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    troubles += axe(page)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("document.documentElement.dataset.theme === 'dark'")
    troubles += [f"in the dark: {said}" for said in axe(page, COLOURS)]
    for width in (1024, 390):
        page.set_viewport_size({"width": width, "height": 844})
        troubles += page.evaluate(TOO_WIDE)
    troubles += [f"on a phone: {said}" for said in axe(page, WIDTH)]
    assert not troubles, "\n".join([page_path, *troubles])
