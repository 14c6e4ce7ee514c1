"""Takes out of the site's style sheets and icon font what no page uses: a third of what a reader would load.

A rule stays if every class it asks for occurs as a word in some page or script, so that what a script adds
later keeps its looks. Of the icon font the characters stay that the remaining rules name.
"""

import logging
import re
from itertools import pairwise
from pathlib import Path

import tinycss2
from fontTools import subset

WORD = re.compile(r"[A-Za-z_][\w-]*")
ESCAPE = re.compile(r"\\([0-9a-f]{4})", re.IGNORECASE)
# Classes that Bootstrap's scripts put together from parts.
COMPOSED = re.compile(r"(bs|tooltip|popover|modal|offcanvas|collaps|dropdown)(-|ing|e|$)")


def words(paths) -> set[str]:
    """Every word of the files, among them every class that can occur."""
    return {word for path in paths for word in WORD.findall(path.read_text(encoding="utf-8"))}


def selectors(prelude) -> list[list]:
    """The selectors of a comma-separated list, each a list of tokens."""
    groups = [[]]
    for token in prelude:
        if token == ",":
            groups.append([])
        else:
            groups[-1].append(token)
    return groups


def is_used(selector, known: set[str]) -> bool:
    """Whether some element can match: what stands within :not() or :is() is not asked."""
    classes = [name.value for dot, name in pairwise(selector) if dot == "." and name.type == "ident"]
    return all(name in known or COMPOSED.match(name) for name in classes)


def slim_rules(rules, known: set[str]) -> str:
    """The style sheet made of those rules that can apply."""
    kept = []
    for rule in rules:
        if rule.type == "qualified-rule":
            used = [tinycss2.serialize(s) for s in selectors(rule.prelude) if is_used(s, known)]
            if used:
                kept.append(f"{','.join(used)}{{{tinycss2.serialize(rule.content)}}}")
        elif rule.type == "at-rule" and rule.lower_at_keyword in {"media", "supports"}:
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            if body := slim_rules(inner, known):
                kept.append(f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{body}}}")
        elif rule.type != "comment" or rule.value.startswith("!"):  # ! marks a licence
            kept.append(rule.serialize())
    return "".join(kept)


def slim_sheet(css: str, known: set[str]) -> str:
    """A style sheet without the rules that no page can use."""
    return slim_rules(tinycss2.parse_stylesheet(css, skip_whitespace=True), known)


def slim_icons(static: Path, css: str):
    """Keep the icons that the style sheets name; the font stays the browser's own format for fonts, WOFF."""
    used = [int(code, 16) for code in ESCAPE.findall(css)] + [ord(c) for c in css if ord(c) > 0xE000]
    for full in static.glob("vendor/fontawesome/webfonts/*.ttf"):
        logging.getLogger("fontTools").setLevel(logging.WARNING)  # it tells every table it touches
        options = subset.Options(flavor="woff", layout_features=[], notdef_outline=True)
        font = subset.load_font(str(full), options)
        chooser = subset.Subsetter(options)
        chooser.populate(unicodes=used)
        chooser.subset(font)
        subset.save_font(font, str(full.with_suffix(".woff")), options)


def slim(app, exception):
    """Slim what Sphinx has copied; it copies the full files again at every build."""
    if exception is not None or app.builder.format != "html":
        return
    site, static = Path(app.outdir), Path(app.outdir, "_static")
    known = words([*site.rglob("*.html"), *static.rglob("*.js")])
    sheets = {sheet: slim_sheet(sheet.read_text(encoding="utf-8"), known) for sheet in static.rglob("*.css")}
    slim_icons(static, "".join(sheets.values()))  # more than one sheet names icons
    for sheet, css in sheets.items():
        css = re.sub(
            r'url\(([^)]*fa-[\w-]+)\.woff2\) format\("woff2"\),url\([^)]*\.ttf\) format\("truetype"\)',
            r'url(\1.woff) format("woff")',
            css,
        )
        sheet.write_text(css, encoding="utf-8")


def setup(app):
    """Slim when every page is mended, before the full fonts are dropped."""
    app.connect("build-finished", slim, priority=600)
