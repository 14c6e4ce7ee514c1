"""The book as LaTeX, for `make pdf`: its look, and pictures for what only a browser can draw.

Chapters bear the numbers they have on the site, a part begins with the words of its page, and a figure that
moves on the site stands still, as Chromium draws it without its script.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

from bs4 import BeautifulSoup
from docutils import nodes
from fontTools.ttLib import TTFont
from sphinx.errors import ExtensionError
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.texescape import escape

from . import parts

PREAMBLE = Path(__file__).with_name("pdf.tex")
FONTS = r"""
\setmainfont{texgyrepagella}[Extension=.otf,UprightFont=*-regular,ItalicFont=*-italic,BoldFont=*-bold,BoldItalicFont=*-bolditalic]
\setsansfont{texgyreheros}[Extension=.otf,UprightFont=*-regular,ItalicFont=*-italic,BoldFont=*-bold,BoldItalicFont=*-bolditalic]
\setmonofont{DejaVuSansMono}[Extension=.ttf,UprightFont=*,ItalicFont=*-Oblique,BoldFont=*-Bold,BoldItalicFont=*-BoldOblique,Scale=0.84]
"""
SETUP = ",".join(
    [
        "hmargin={24mm,24mm},vmargin={24mm,26mm}",
        "TitleColor={HTML}{1F2A33},InnerLinkColor={HTML}{0F6580},OuterLinkColor={HTML}{0F6580}",
        "verbatimwrapslines=true,verbatimhintsturnover=false",
        "pre_border-width=0pt,pre_border-left-width=2pt,pre_padding=5pt,pre_box-decoration-break=slice",
        "pre_border-TeXcolor={HTML}{0F6580},pre_background-TeXcolor={HTML}{F4F6F6}",
        "div.topic_border-width=0pt,div.topic_border-left-width=2pt,div.topic_box-shadow=none,div.topic_padding=5pt",
        "div.topic_border-TeXcolor={HTML}{A34C00},div.topic_background-TeXcolor={HTML}{FFFFFF}",
        "noteBorderColor={HTML}{0F6580},warningBorderColor={HTML}{A34C00},hintBorderColor={HTML}{1D6B43}",
    ]
)
ELEMENTS = {
    "papersize": "a4paper",
    "pointsize": "10pt",
    "extraclassoptions": "openany,oneside",
    "pxunit": "0.45bp",  # figures come with 160 dots an inch and are shown in the size they were drawn for
    "fontpkg": FONTS,
    "fncychap": "",
    "sphinxsetup": SETUP,
    "fvset": r"\fvset{fontsize=\footnotesize}",
    "maketitle": r"\gncover",
    "makeindex": "",
    "printindex": "",
}
# Faces for text and code, and where what they lack is found.
TEXT, CODE = "texgyrepagella-regular.otf", "DejaVuSansMono.ttf"
FALLBACK = {"gnsymbols": "DejaVuSans.ttf", "gncjk": "DroidSansFallbackFull.ttf"}


def prepare(app, config):
    """Set the look after Jupyter Book has set its own, and keep apart from the site what is read for it."""
    if Path(app.outdir).name == "latex":
        app.doctreedir = type(app.doctreedir)(Path(app.outdir).with_name(".doctrees-latex"))
        app.doctreedir.mkdir(parents=True, exist_ok=True)
    config.latex_theme = "manual"
    config.latex_elements = ELEMENTS | {"preamble": PREAMBLE.read_text(encoding="utf-8")}


class Stills(SphinxPostTransform):
    """Put a picture in the place of a figure written in HTML."""

    default_priority = 200
    formats = ("latex",)

    def run(self, **kwargs):
        folder = Path(self.app.srcdir, "_figures")
        for raw in list(self.document.findall(nodes.raw)):
            source = Path(raw.get("source") or "")
            if raw["format"] == "html" and source.parent.name == folder.name:
                name = source.stem
                self.env.glassnet_stills = getattr(self.env, "glassnet_stills", set()) | {name}
                figure = BeautifulSoup(raw.astext(), "html.parser")
                caption = figure.figcaption.get_text(" ", strip=True) if figure.figcaption else ""
                words = rf"\caption*{{{escape(' '.join(caption.split()), 'xelatex')}}}" if caption else ""
                latex = (
                    r"\begin{center}\begin{minipage}{\linewidth}\centering"
                    rf"\sphinxincludegraphics{{{name}.pdf}}\captionsetup{{type=figure}}{words}"
                    r"\end{minipage}\end{center}"
                )
                raw.replace_self(nodes.raw("", latex, format="latex"))


class LongTables(SphinxPostTransform):
    """Give the columns of a long table widths: LaTeX breaks it over pages, but would not break its lines."""

    default_priority = 200
    formats = ("latex",)

    def run(self, **kwargs):
        for table in self.document.findall(nodes.table):
            rows = list(table.findall(nodes.row))
            if len(rows) > 30 and "colwidths-given" not in table["classes"]:
                shares = widths([[entry.astext() for entry in row.children] for row in rows])
                for column, share in zip(table.findall(nodes.colspec), shares, strict=True):
                    column["colwidth"] = share
                table["classes"] = [name for name in table["classes"] if name != "colwidths-auto"]
                table["classes"].append("colwidths-given")


def widths(rows: list[list[str]]) -> list[int]:
    """Shares of the columns of a table: of the longest text a root, so that no column starves another."""
    longest = [max(len(text) for text in column) for column in zip(*rows, strict=True)]
    roots = [max(length, 4) ** 0.7 for length in longest]
    return [round(100 * root / sum(roots)) for root in roots]


def draw_stills(app, names):
    """Let Chromium draw figures, without their scripts and controls, each on a page of its own size."""
    from playwright.sync_api import sync_playwright

    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        raise ExtensionError("The PDF needs Chromium, which draws the interactive figures: make system")
    style = Path(app.srcdir, "_static", "glassnet.css").read_text(encoding="utf-8")
    style += "body { margin: 0; width: 620px; font-family: 'TeX Gyre Heros', sans-serif; }"
    style += (
        "figure { margin: 0 !important; padding: 4px; } figcaption, [hidden] { display: none !important; }"
    )
    with sync_playwright() as playwright:
        sandbox = not hasattr(os, "geteuid") or os.geteuid() != 0
        browser = playwright.chromium.launch(executable_path=chromium, chromium_sandbox=sandbox)
        page = browser.new_page()
        page.emulate_media(media="screen")
        for name in sorted(names):
            figure = BeautifulSoup(
                Path(app.srcdir, "_figures", f"{name}.html").read_text(encoding="utf-8"), "html.parser"
            )
            for script in figure.find_all("script"):
                script.decompose()
            page.set_content(f'<html data-theme="light"><style>{style}</style><body>{figure}</body></html>')
            height = page.locator("figure").bounding_box()["height"]
            page.pdf(
                path=Path(app.outdir, f"{name}.pdf"),
                width="620px",
                height=f"{height + 2:.0f}px",
                print_background=True,
                page_ranges="1",
            )
        browser.close()


def font_file(name: str) -> str:
    """Path of an installed font, of TeX's or the system's."""
    asked = [["kpsewhich", name], ["fc-list", "-f", "%{file}\n"]]
    for command in asked:
        if shutil.which(command[0]):
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            for path in done.stdout.splitlines():
                if Path(path).name == name:
                    return path
    raise ExtensionError(f"The PDF needs the font {name}: README.md lists the packages")


def characters(name: str) -> set[int]:
    """The characters that a font holds."""
    return set(TTFont(font_file(name), lazy=True).getBestCmap())


def substitutes(text: str) -> str:
    r"""Declarations of the characters that the text's faces lack, each from a face that has it."""
    lacking = {ord(c) for c in text if ord(c) > 0xFF} - (characters(TEXT) & characters(CODE))
    lines = []
    for code in sorted(lacking):
        face = next((face for face, file in FALLBACK.items() if code in characters(file)), None)
        if face is None:
            raise ExtensionError(f"No font of the PDF has the character {chr(code)!r} (U+{code:04X})")
        own = rf'\iffontchar\font"{code:04X} \char"{code:04X}\else{{\{face}\char"{code:04X}}}\fi'
        lines.append(rf"\newunicodechar{{{chr(code)}}}{{\ifmmode\text{{{own}}}\else {own}\fi}}")
    return "\n".join(lines)


def number_as_on_site(tex: str, introductions: dict[str, str]) -> str:
    """Number the numbered parts and their chapters only, and put the introductions on the parts' pages."""

    def begin(found):
        caption = found[1]
        if caption not in introductions:
            return rf"\setcounter{{secnumdepth}}{{-2}}{found[0]}"
        return rf"\setcounter{{secnumdepth}}{{0}}\gdef\gnpartintro{{{introductions[caption]}}}{found[0]}"

    return re.sub(r"^\\part\{(.*)\}$", begin, tex, flags=re.MULTILINE)


def introduction(app, part) -> str:
    """The paragraphs of a part's page, as LaTeX."""
    if part.page not in app.env.titles:
        return ""
    said = [p.astext() for p in app.env.get_doctree(part.page).findall(nodes.paragraph)]
    return "\\par\\medskip ".join(escape(" ".join(text.split()), "xelatex") for text in said)


def finish(app, exception):
    """Complete the LaTeX that Sphinx has written."""
    if exception is not None or app.builder.name != "latex":
        return
    if names := getattr(app.env, "glassnet_stills", set()):
        draw_stills(app, names)
    path = Path(app.outdir, app.config.latex_documents[0][1])
    tex = path.read_text(encoding="utf-8")
    tex = number_as_on_site(tex, {part.caption: introduction(app, part) for part in parts.of_book(app)})
    path.write_text(
        tex.replace(r"\begin{document}", substitutes(tex) + "\n\\begin{document}", 1), encoding="utf-8"
    )


def setup(app):
    """Come after Jupyter Book's own settings."""
    app.connect("config-inited", prepare, priority=900)
    app.add_post_transform(Stills)
    app.add_post_transform(LongTables)
    app.connect("build-finished", finish)
