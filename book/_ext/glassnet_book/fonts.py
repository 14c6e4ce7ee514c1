"""Asks for a page's fonts before its style sheets are read, so that text does not move when they arrive.

A browser learns of a font only when it meets text that is set in it, late. The links are made by a script,
because a page that is read from a folder must not have them: there a browser refuses to fetch fonts ahead.
"""

import json

TEXT = ("fonts/source-sans-3-latin-wght-normal.woff2", "fonts/source-serif-4-latin-wght-normal.woff2")
FORMULAS = ("katex/fonts/KaTeX_Main-Regular.woff2", "katex/fonts/KaTeX_Math-Italic.woff2")
SCRIPT = """
if (location.protocol.startsWith("http")) {
  for (const href of %s) {
    const link = { rel: "preload", as: "font", type: "font/woff2", crossOrigin: "anonymous", href };
    document.head.append(Object.assign(document.createElement("link"), link));
  }
}
"""


def mend(app, page, soup):
    """Put the script at the beginning of the head."""
    if soup.head is None or soup.find(id="glassnet-fonts"):
        return
    files = TEXT + (FORMULAS if soup.select_one("article .katex") else ())
    up = "../" * page.count("/")
    script = soup.new_tag("script", id="glassnet-fonts")
    script.string = SCRIPT % json.dumps([f"{up}_static/{file}" for file in files])
    soup.head.insert(0, script)


def setup(app):
    """Nothing to connect: the script is added where pages are mended."""
