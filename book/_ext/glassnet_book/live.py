"""Cells that run in the reader's browser: those tagged `live`, and the functions of an assignment.

A page gets a list of its live cells with what each needs of the cells above it; the files of `book/_live` do
the rest when Run is pressed: Python in a worker, with glassnet sent to it as a zip. Until then nothing is
loaded but a small script. Where the runtime comes from is one setting, `live_runtime` in `_config.yml`.
"""

import json
import shutil
import zipfile
from pathlib import Path

import nbformat
from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.errors import ExtensionError
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from . import needs, runtime

logger = logging.getLogger(__name__)

TAG = "live"
FILES = ("live.js", "live.css", "worker.js", "session.py")
KEY = "glassnet_live"
# Not for the browser: what packs the data sets, and the checks of assignments about Keras.
UNSENT = frozenset({"pack.py", "first_keras_network.py", "mnist_cnn.py", "porting_keras.py"})


def live_cells(notebook, page: str) -> dict:
    """What a page's script is told of a notebook: {pieces, cells}; a warning names a cell no browser runs.

    A cell is {source, title, needs}; its needs are, in the order of the page, {cell, names} for a live cell
    and {piece, names} for a statement of another. A piece is {source, title}.
    """
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    marks = [TAG in cell.metadata.get("tags", []) for cell in cells]
    if not any(marks):
        return {"pieces": {}, "cells": []}
    parts = needs.pieces([(cell.source, mark) for cell, mark in zip(cells, marks, strict=True)])
    number = {cell: k for k, cell in enumerate(i for i, mark in enumerate(marks) if mark)}
    found, given = [], {}
    for target, part in enumerate(parts):
        if not part.is_live:
            continue
        above, wanted = needs.needed(parts, target), []
        if missing := needs.foreign(parts, [*above, target]):
            text = "cell %r is marked live, but it or a cell it needs imports %s, which no browser has"
            logger.warning(text, cells[part.cell].id, ", ".join(sorted(missing)), location=page)
        for i, names in above.items():
            if parts[i].is_live:
                wanted.append({"cell": number[parts[i].cell], "names": sorted(names)})
            else:
                name = cells[parts[i].cell].id
                given[f"{name}-{i}"] = {"source": parts[i].source, "title": f"the page's cell {name}"}
                wanted.append({"piece": f"{name}-{i}", "names": sorted(names)})
        title = f"cell {number[part.cell] + 1}"
        found.append({"source": part.source, "title": title, "needs": wanted})
    return {"pieces": given, "cells": found}


class LiveFunctions(SphinxDirective):
    """`live-functions`: every function of an assignment, to be written and checked in the page.

    The argument is the assignment; the option `without` names functions that cannot be checked in a browser.
    """

    required_arguments = 1
    option_spec = {"without": directives.unchanged}  # noqa: RUF012 as docutils has it

    def run(self):
        """Take stubs and setup from the released notebook, so that nothing is here that it does not hold."""
        slug = self.arguments[0]
        path = Path(self.env.srcdir).parent / "exercises" / slug / f"{slug}.ipynb"
        if not path.is_file():
            raise self.error(f"there is no released notebook {path.name}: run make release")
        self.env.note_dependency(str(path))
        without = self.options.get("without", "").split()
        setup, functions = released_functions(nbformat.read(path, as_version=4))
        if unknown := set(without) - set(functions):
            raise self.error(f"{slug} has no function {min(unknown)!r}")
        given = {f"given-{k}": {"source": s, "title": "what is given"} for k, s in enumerate(setup)}
        wanted = [{"piece": piece, "names": []} for piece in given]
        cells, shown = [], []
        for name, (stub, check) in functions.items():
            if name not in without:
                cells.append({"source": stub, "title": f"your {name}", "needs": wanted, "check": check})
                shown += _function_box(name, stub)
        self.env.metadata[self.env.docname][KEY] = json.dumps({"pieces": given, "cells": cells})
        site = addnodes.only(expr="html")
        site += shown
        return [site]


def released_functions(notebook) -> tuple[list[str], dict[str, tuple[str, str]]]:
    """Of an assignment's notebook: what is given, and {function: (its stub, the call that checks it)}."""
    cells = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell for cell in notebook.cells}
    setup, functions = [], {}
    for name, cell in cells.items():
        if name is None or cell.cell_type != "code":
            continue
        if cell.metadata.nbgrader.solution and f"{name}-check" in cells:
            functions[name] = cell.source, cells[f"{name}-check"].source
        elif not cell.metadata.nbgrader.grade and not cell.metadata.nbgrader.solution:
            setup.append(cell.source)
    return setup, functions


def _function_box(name, stub):
    """A box that opens, with the stub as a code cell looks."""
    code = nodes.literal_block(stub, stub, language="ipython3")
    given = nodes.container("", code, classes=["cell_input"])
    cell = nodes.container("", given, classes=["cell", f"tag_{TAG}"])
    start = f'<details class="live-function"><summary><code>{name}</code></summary>'
    return [nodes.raw("", start, format="html"), cell, nodes.raw("", "</details>", format="html")]


def put_into_page(app, pagename, templatename, context, doctree):
    """Give a page with live cells their list, and the script that makes them live."""
    if doctree is None:
        return
    path = Path(app.env.doc2path(pagename))
    if path.suffix == ".ipynb":
        page = live_cells(nbformat.read(path, as_version=4), pagename)
    else:
        page = json.loads(app.env.metadata[pagename].get(KEY, '{"cells": []}'))
    if page["cells"]:
        page["runtime"] = address_in_site(app.config.live_runtime)
        content = json.dumps(page, ensure_ascii=False).replace("</", "<\\/")
        context["body"] += f'<script type="application/json" id="live-cells">{content}</script>'
        app.add_js_file("live/live.js", loading_method="defer")
        app.add_css_file("live/live.css")


def address_in_site(setting: str) -> str:
    """The runtime's address as pages know it: a folder's copy is in the site."""
    return setting.rstrip("/") + "/" if "://" in setting else "runtime/"


def library_files(package: Path) -> list[Path]:
    """The modules of glassnet that are sent to the browser."""
    return [path for path in sorted(package.rglob("*.py")) if path.name not in UNSENT]


def write_zip(package: Path, target: Path):
    """Pack glassnet; the same files always give the same zip."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in library_files(package):
            entry = zipfile.ZipInfo(path.relative_to(package.parent).as_posix(), (2026, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes())


def write_files(app):
    """Put what runs the cells into the site; data sets and a local runtime too, which only a run fetches."""
    source, root = Path(app.srcdir, "_live"), Path(app.srcdir).parent
    if app.builder.format != "html" or not source.is_dir():
        return
    target, package = Path(app.outdir, "_static", "live"), root / "support" / "glassnet"
    (target / "data").mkdir(parents=True, exist_ok=True)
    for name in FILES:
        shutil.copyfile(source / name, target / name)
    write_zip(package, target / "glassnet.zip")
    for path in (package / "datasets" / "data").glob("*.npz"):
        shutil.copyfile(path, target / "data" / path.name)
    shutil.copyfile(package / "datasets" / "README.md", target / "data" / "README.md")
    shutil.rmtree(target / "runtime", ignore_errors=True)
    setting = app.config.live_runtime
    if not setting:
        raise ExtensionError("live_runtime in _config.yml is empty: name an address, or a folder")
    if "://" not in setting:
        runtime.copy(root / setting, target / "runtime")


def setup(app):
    """Write the files before pages are written: their links carry a hash of them."""
    app.add_config_value("live_runtime", "", "html")
    app.add_directive("live-functions", LiveFunctions)
    app.connect("builder-inited", write_files)
    app.connect("html-page-context", put_into_page)
